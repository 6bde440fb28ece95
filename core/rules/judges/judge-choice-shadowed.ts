import type { Rule } from '../../lint/engine/rule.ts';
import type { JudgeChoice } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';

export const judgeChoiceShadowed: Rule = {
  id: 'judge-choice-shadowed',
  severity: 'hint',
  mode: 'recommended',
  group: 'judges',
  tags: ['evals'],
  summary: 'A judge’s choice is contained in a later one',
  docs: {
    why: 'gh-models takes the first choice that occurs anywhere in the judge’s reply: it finds `correct` in "incorrect", and `1` in "10". Promptsmith looks for whole words and takes the last one, so this is a hint; with the target `gh-models` it is a warning.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: right
    llm:
      modelId: openai/gpt-4o
      prompt: "<answer>{{completion}}</answer> Is it correct or incorrect?"
      choices:
        - { choice: correct, score: 1 }
        - { choice: incorrect, score: 0 }`,
    good: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: right
    llm:
      modelId: openai/gpt-4o
      prompt: "<answer>{{completion}}</answer> Is it right or wrong?"
      choices:
        - { choice: right, score: 1 }
        - { choice: wrong, score: 0 }`,
    unless: 'Only Promptsmith runs the prompt.',
  },
  *check({ prompt, settings }) {
    const isRead = settings.target === 'gh-models';
    for (const { evaluator } of listEvaluators(prompt)) {
      if (evaluator.body.type !== 'llm') continue;
      const choices = evaluator.body.choices.slice(0, MAX_CHOICES);
      for (const [i, choice] of choices.entries()) {
        const later = choices.slice(i + 1).find((other) => shadows(choice, other));
        if (!later) continue;
        yield {
          message: `gh-models reads a reply of \`${later.choice}\` as \`${choice.choice}\`. Put the longer choice first, or use words that do not contain each other.`,
          span: choice.span,
          severity: isRead ? 'warning' : 'hint',
          related: [{ message: `\`${later.choice}\``, span: later.span }],
        };
      }
    }
  },
};

/** Maximum number of choices, because every pair is compared. */
const MAX_CHOICES = 50;

/** True if the later choice contains the earlier one, and the two score differently. */
function shadows(earlier: JudgeChoice, later: JudgeChoice): boolean {
  const [short, long] = [earlier.choice.trim(), later.choice.trim()];
  if (short === '' || short.length >= long.length || earlier.score === later.score) return false;
  return long.toLowerCase().includes(short.toLowerCase());
}
