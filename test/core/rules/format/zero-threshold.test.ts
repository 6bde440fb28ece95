import { test } from 'node:test';
import { zeroThreshold } from '#core/rules/format/zero-threshold.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';

test('a threshold of 0 in an evaluator and in a case', () => {
  checkRule(
    zeroThreshold,
    `${head}testData:
  - a: 1
    $case: { name: first, threshold: 0 }
                                     ^ 💡 warning: Every answer passes a case
evaluators:
  - uses: github/fluency
    threshold: 0
               ^ 💡 warning: Every answer passes
  - string: { contains: a }
    threshold: -1
               ^^ warning:
    weight: 2
`,
  );
});

test('the fixes: measure only, or remove the threshold', () => {
  const evaluator = (line: string) =>
    `${head}evaluators:\n  - uses: github/fluency\n    ${line} # all\n`;
  checkFix(zeroThreshold, evaluator('threshold: 0'), evaluator('weight: 0'), { safe: false });
  checkFix(zeroThreshold, evaluator('threshold: &t 0'), evaluator('weight: &t 0'), { safe: false });
  checkFix(
    zeroThreshold,
    `${head}testData:\n  - a: 1\n    $case:\n      name: b\n      threshold: 0\n`,
    `${head}testData:\n  - a: 1\n    $case:\n      name: b\n`,
    { safe: false },
  );
});

test('a threshold that is a distance or a limit is not reported: 0 is the strictest value there', () => {
  checkRule(
    zeroThreshold,
    `${head}evaluators:
  - uses: promptsmith/levenshtein
    threshold: 0
  - uses: github/fluency
    threshold: 0.5
  - uses: github/fluency
`,
  );
});
