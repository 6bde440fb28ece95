import { test } from 'node:test';
import { judgeChoiceTooShort } from '#core/rules/judges/judge-choice-too-short.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (prompt: string, choices: string) =>
  `evaluators:\n  - name: a\n    llm:\n      prompt: ${prompt}\n      choices:\n${choices}messages: []\n`;

test('the first choice that a sentence may contain by chance', () => {
  checkRule(
    judgeChoiceTooShort,
    file(
      'Grade it and say why',
      `        - { choice: A, score: 1 }
                    ^ info: \`A\` also occurs in a judge’s reasons
        - { choice: B, score: 0 }
`,
    ),
  );
  checkRule(
    judgeChoiceTooShort,
    file(
      'Polite?',
      `        - { choice: "yes", score: 1 }
        - { choice: "no", score: 0 }
                    ^^^^ info:
`,
    ),
  );
});

test('distinctive words, and a judge that answers only the choice, are not reported', () => {
  const choices = '        - { choice: "1", score: 0 }\n        - { choice: "5", score: 1 }\n';
  checkRule(judgeChoiceTooShort, file('Answer with only a number', choices));
  checkRule(judgeChoiceTooShort, file('Give a single digit', choices));
  checkRule(judgeChoiceTooShort, file('Why?', '        - { choice: PASS, score: 1 }\n'));
});
