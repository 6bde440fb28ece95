import { test } from 'node:test';
import { judgeChoiceShadowed } from '#core/rules/judges/judge-choice-shadowed.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (choices: string) =>
  `evaluators:\n  - name: a\n    llm:\n      prompt: "{{completion}}"\n      choices:\n${choices}messages: []\n`;

test('a choice inside a later one: a hint, for gh-models a warning', () => {
  const marked = (severity: string) =>
    file(`        - { choice: correct, score: 1 }
                    ^^^^^^^ ${severity}: gh-models reads a reply of \`Incorrect\` as \`correct\`
        - { choice: Incorrect, score: 0 }
`);
  checkRule(judgeChoiceShadowed, marked('hint'));
  checkRule(judgeChoiceShadowed, marked('warning'), { settings: { target: 'gh-models' } });
});

test('the longer one first, equal scores, and other words are not reported', () => {
  for (const choices of [
    '        - { choice: incorrect, score: 0 }\n        - { choice: correct, score: 1 }\n',
    '        - { choice: yes, score: 1 }\n        - { choice: yes indeed, score: 1 }\n',
    '        - { choice: pass, score: 1 }\n        - { choice: fail, score: 0 }\n',
    '        - { choice: "", score: 1 }\n        - { choice: fail, score: 0 }\n',
  ])
    checkRule(judgeChoiceShadowed, file(choices));
});
