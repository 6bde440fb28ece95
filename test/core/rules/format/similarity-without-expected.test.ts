import { test } from 'node:test';
import { similarityWithoutExpected } from '#core/rules/format/similarity-without-expected.ts';
import { checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';

test('rows without a reference, for the judge and for kinds that compare with it', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
    expected: b
  - a: 2
  - a: 3
    expected:
evaluators:
  - name: same
    uses: github/similarity
          ^^^^^^^^^^^^^^^^^ info: 2 of 3 test rows have none
  - name: has
    uses: promptsmith/icontains
          ^^^^^^^^^^^^^^^^^^^^^ info: 2 of 3 test rows have none
`,
  );
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
  - a: 2
evaluators:
  - name: same
    uses: github/similarity
          ^^^^^^^^^^^^^^^^^ no test row has one
`,
  );
});

test('kinds with a value of their own, or that compare with nothing, are fine', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
evaluators:
  - uses: github/fluency
  - uses: promptsmith/icontains
    with: b
  - uses: promptsmith/equals
    with: { value: b }
  - uses: promptsmith/icontains-any
    with: { value: [b] }
  - uses: promptsmith/is-json
  - string: { contains: b }
`,
  );
});

test('skipped rows do not count, and a default is enough', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
    $case: { skip: true }
  - a: 2
    expected: b
evaluators:
  - uses: github/similarity
`,
  );
  checkRule(
    similarityWithoutExpected,
    `variables: { expected: { default: b } }
${head}testData: [{ a: 1 }]
evaluators: [{ uses: github/similarity }]
`,
  );
});

test('an evaluator of one row checks that row', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
    expected: b
    $case: { evaluators: [{ uses: promptsmith/equals }] }
  - a: 2
    $case: { evaluators: [{ uses: promptsmith/equals }] }
                                  ^^^^^^^^^^^^^^^^^^ the test row has none
`,
  );
});

test('rows of test files count once they are read', () => {
  const file = `${head}testFiles: [cases.jsonl]
evaluators:
  - uses: github/similarity
`;
  checkRule(similarityWithoutExpected, file);
  checkRule(similarityWithoutExpected, file, {
    facts: { testFileKeys: new Set(['a', 'expected']) },
  });
  checkRule(similarityWithoutExpected, `${file}          ^^^^^^^^^^^^^^^^^ info:\n`, {
    facts: { testFileKeys: new Set(['a']) },
  });
});

test('without rows, nothing is reported', () => {
  checkRule(similarityWithoutExpected, `${head}evaluators:\n  - uses: github/similarity\n`);
});

test('an empty `expected` is none for a judge of similarity and for kinds that look for it', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
    expected: b
  - a: 2
    expected: ''
evaluators:
  - name: same
    uses: github/similarity
          ^^^^^^^^^^^^^^^^^ info: 1 of 2 test rows has an empty one
  - name: has
    uses: promptsmith/icontains
          ^^^^^^^^^^^^^^^^^^^^^ info: 1 of 2 test rows has an empty one
`,
  );
});

test('an empty `expected` is fine for kinds that compare the whole answer', () => {
  checkRule(
    similarityWithoutExpected,
    `${head}testData:
  - a: 1
    expected: b
  - a: 2
    expected: ''
evaluators:
  - name: same
    uses: promptsmith/equals
  - name: near
    uses: promptsmith/levenshtein
    threshold: 2
`,
  );
});
