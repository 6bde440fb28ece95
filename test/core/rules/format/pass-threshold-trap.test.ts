import { test } from 'node:test';
import { passThresholdTrap } from '#core/rules/format/pass-threshold-trap.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (evaluators: string) =>
  `messages:\n  - role: user\n    content: Hello\nevaluators:\n${evaluators}`;

test('graded judges without a threshold', () => {
  checkRule(
    passThresholdTrap,
    file(`  - name: a
    uses: github/similarity
          ^^^^^^^^^^^^^^^^^ 💡 warning: 2 of 5 points
  - name: b
    llm:
    ^^^ 💡 warning: Any score above 0 passes, even \`poor\` (0.2). Set a \`threshold\`
      prompt: "{{completion}}?"
      choices:
        - { choice: good, score: 1 }
        - { choice: fair, score: 0.6 }
        - { choice: poor, score: 0.2 }
        - { choice: bad, score: 0 }
`),
  );
});

test('the fix sets a threshold after the kind', () => {
  checkFix(
    passThresholdTrap,
    file('  - uses: github/fluency # judged\n    name: a\n'),
    file('  - uses: github/fluency # judged\n    threshold: 0.75\n    name: a\n'),
    { safe: false },
  );
  checkFix(
    passThresholdTrap,
    file('  - { name: a, uses: github/fluency }\n'),
    file('  - { name: a, uses: github/fluency, threshold: 0.75 }\n'),
    { safe: false },
  );
});

test('a threshold, a weight of 0, yes-or-no judges and other kinds are fine', () => {
  checkRule(
    passThresholdTrap,
    file(`  - uses: github/fluency
    threshold: 0.25
  - uses: github/fluency
    weight: 0
  - uses: promptsmith/contains
    with: a
  - llm:
      prompt: "{{completion}}?"
      choices: [{ choice: "yes", score: 1 }, { choice: "no", score: 0 }]
`),
  );
});
