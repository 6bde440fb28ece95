import { test } from 'node:test';
import { jsonNotMentioned } from '#core/rules/format/json-not-mentioned.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (content: string, { model = 'openai/gpt-4o', rest = '' } = {}) =>
  `model: ${model}
responseFormat: json_object
messages:
  - role: user
    content: ${content}
${rest}`;

test('no message contains the word: an error, or a warning if a value may contain it', () => {
  checkRule(
    jsonNotMentioned,
    `model: gpt-5-mini
responseFormat: json_object
                ^^^^^^^^^^^ 💡 error: OpenAI rejects
messages:
  - role: system
    content: You name rivers.
  - role: user
    content: Name three.
`,
  );
  checkRule(
    jsonNotMentioned,
    `model: azure/gpt-4o
response_format: json_object
                 ^^^^^^^^^^^ 💡 warning: OpenAI rejects
messages:
  - role: user
    content: Name rivers in {{country}}.
testData:
  - country: Ghana
`,
  );
});

test('the fix asks for JSON in the system message, else in the last one', () => {
  checkFix(jsonNotMentioned, file('Name a river.'), file('Name a river. Answer in JSON.'), {
    safe: false,
  });
  const system = (text: string) =>
    file('Who?').replace('messages:\n', `messages:\n  - role: system\n    content: ${text}\n`);
  checkFix(
    jsonNotMentioned,
    system('|\n      You name rivers.\n      Be brief.'),
    system('|\n      You name rivers.\n      Be brief.\n\n      Answer in JSON.'),
    { safe: false },
  );
});

test('no finding where the word is there, or comes with a value', () => {
  checkRule(jsonNotMentioned, file('Name a river as json.'));
  checkRule(jsonNotMentioned, file('Fill {{jsonSchema}}. Use JSONL.'));
  checkRule(
    jsonNotMentioned,
    file('Name a river. {{form}}', { rest: 'testData:\n  - form: As JSON.\n' }),
  );
  checkRule(jsonNotMentioned, file('"{{instructions}}"'));
});

test('no finding for other models and formats, nor without a model', () => {
  for (const model of ['mistral/mistral-small', 'ollama/gpt-oss:20b', 'openai/gpt-oss-20b', '""'])
    checkRule(jsonNotMentioned, file('Name a river.', { model }));
  checkRule(jsonNotMentioned, file('Name a river.').replace('json_object', 'text'));
});
