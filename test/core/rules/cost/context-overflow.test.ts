import { test } from 'node:test';
import { contextOverflow } from '#core/rules/cost/context-overflow.ts';
import { checkRule, testModels as models } from '../../../support/caret.ts';

/** acme/chat has a window of 1,000 tokens; each word is one, and a message costs four more. */
const file = (mark: string, words: number, parameters = '') =>
  `model: acme/chat\n${mark}messages:\n  - role: user\n    content: "${'word '.repeat(words)}"\n${parameters}`;
const known = { models, counted: true };

test('a prompt beyond the window is an error, from 80 % a warning', () => {
  const mark = (text: string) => `       ^^^^^^^^^ ${text}\n`;
  checkRule(
    contextOverflow,
    file(
      mark('error: A call has 1,107 tokens of input, more than the 1,000 tokens of `acme/chat`'),
      1100,
    ),
    known,
  );
  checkRule(
    contextOverflow,
    file(
      mark('warning: A call has 807 tokens of input, 80 % of the 1,000 tokens of `acme/chat`'),
      800,
    ),
    known,
  );
  checkRule(contextOverflow, file('', 700), known);
});

test('the tokens of the answer count', () => {
  const parameters = 'modelParameters: { maxTokens: 500 }\n';
  checkRule(
    contextOverflow,
    file('       ^^^^^^^^^ error: and 500 for the answer\n', 600, parameters),
    known,
  );
});

test('the largest case counts, and is a related location', () => {
  checkRule(
    contextOverflow,
    `model: acme/chat
       ^^^^^^^^^ error: A case has 1,207 tokens of input, more than the 1,000 tokens of \`acme/chat\`
messages:
  - role: user
    content: "{{text}}"
testData:
  - text: short
  - text: "${'word '.repeat(1200)}"
`,
    known,
  );
});

test('nothing is reported for unknown models, or before everything is loaded', () => {
  checkRule(contextOverflow, file('', 1100).replace('acme/chat', 'nobody/unheard-of-99'), known);
  checkRule(contextOverflow, file('', 1100), { models });
  checkRule(contextOverflow, file('', 1100), { counted: true });
});
