import { test } from 'node:test';
import { unusedTestKey } from '#core/rules/variables/unused-test-key.ts';
import { checkRule } from '../../../support/caret.ts';

test('a key that nothing uses is one finding, at its first row', () => {
  checkRule(
    unusedTestKey,
    `messages:
  - role: user
    content: "{{text}} in {{language}}"
testData:
  - text: a
    langauge: b
    ^^^^^^^^ info: Nothing uses \`langauge\`, which 2 rows set. Did you mean \`language\`?
  - text: a
    langauge: c
    ticket: 7
    ^^^^^^ info: Nothing uses \`ticket\`, which this row sets
`,
  );
});

test('keys of any script are used by their placeholder', () => {
  checkRule(
    unusedTestKey,
    `messages:
  - role: user
    content: "{{größe}} {{Size (cm)}}"
testData:
  - größe: a
    Size (cm): 3
    Größe: b
    ^^^^^ info: Nothing uses \`Größe\`
`,
  );
});

test('conventional keys, values of evaluators and declared names are not reported', () => {
  checkRule(
    unusedTestKey,
    `variables: { later: }
messages:
  - role: user
    content: "{{text}} {{ tone }}"
testData:
  - text: a
    tone: warm
    later: x
    word: b
    own: c
    expected: d
    expected_output: d
    name: first
    category: easy
    _note: e
    $case: { tags: [f], evaluators: [{ string: { contains: "{{own}}" } }] }
evaluators:
  - string: { contains: "{{word}}" }
`,
  );
});

test('in a prompt without placeholders, rows are not about variables', () => {
  checkRule(unusedTestKey, 'messages:\n  - role: user\n    content: Hi\ntestData:\n  - a: 1\n');
});
