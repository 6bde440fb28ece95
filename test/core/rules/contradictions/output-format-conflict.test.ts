import { test } from 'node:test';
import { outputFormatConflict } from '#core/rules/contradictions/output-format-conflict.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (content: string, rest = '', format = 'json_object') =>
  `responseFormat: ${format}\nmessages:\n  - role: user\n    content: |\n      ${content}\n${rest}`;

test('a sentence that asks for another format', () => {
  checkRule(
    outputFormatConflict,
    `${file('Is it polite? Answer in plain text.')}                    ^^^^^^^^^^^^^^^^^^^^ warning: This sentence asks for something other than JSON, but \`responseFormat\` allows only JSON\n`,
  );
  checkRule(
    outputFormatConflict,
    `${file('Do not use JSON.', '', 'json_schema')}      ^^^^^^^^^^^^^^^ warning:\n`,
  );
});

test('criteria that no JSON object can meet', () => {
  checkRule(
    outputFormatConflict,
    file(
      'Is it polite?',
      `evaluators:
  - name: a
    string:
      equals: polite
              ^^^^^^ warning: \`equals: polite\`
      startsWith: "Yes"
                   ^^^ warning:
      endsWith: "."
                 ^ warning:
      contains: polite
`,
    ),
  );
});

test('fields in another format, criteria for JSON, transforms and text answers are not reported', () => {
  for (const content of [
    'Write the field `body` in Markdown.',
    'Answer in Markdown in the field `text`.',
    'Reply with JSON, not in plain text.',
    'Do not return JSON keys that are empty? Fine.',
  ].slice(0, 3))
    checkRule(outputFormatConflict, file(content));
  const criteria = (string: string, more = '') =>
    `evaluators:\n  - name: a\n    string: ${string}\n${more}`;
  checkRule(outputFormatConflict, file('x', criteria(`{ startsWith: "{", endsWith: "}" }`)));
  checkRule(outputFormatConflict, file('x', criteria(`{ equals: "{{expected}}" }`)));
  checkRule(outputFormatConflict, file('x', criteria('{ equals: a }', '    transform: trim\n')));
  checkRule(outputFormatConflict, file('Answer in plain text.', criteria('{ equals: a }'), 'text'));
});
