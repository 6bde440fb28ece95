import type { Rule } from '../../lint/engine/rule.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';

export const judgeChoiceTooShort: Rule = {
  id: 'judge-choice-too-short',
  severity: 'info',
  mode: 'recommended',
  group: 'judges',
  tags: ['evals'],
  summary: 'A judge’s choice is a word that also occurs in its reasons',
  docs: {
    why: 'A judge that explains its verdict writes "a", "I", "no" or "1" in passing, and such a choice is then found in the reasons. Use words that occur only as the verdict.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: complete
    llm:
      modelId: openai/gpt-4o
      prompt: "<answer>{{completion}}</answer> Grade it A or B."
      choices:
        - { choice: A, score: 1 }
        - { choice: B, score: 0 }`,
    good: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: complete
    llm:
      modelId: openai/gpt-4o
      prompt: "<answer>{{completion}}</answer> Is it COMPLETE or PARTIAL?"
      choices:
        - { choice: COMPLETE, score: 1 }
        - { choice: PARTIAL, score: 0 }`,
    unless: 'The judge is told to answer with the choice alone, and does so.',
  },
  *check({ prompt }) {
    for (const { evaluator } of listEvaluators(prompt)) {
      const { body } = evaluator;
      if (
        body.type !== 'llm' ||
        asksForIt(`${body.systemPrompt?.text ?? ''}\n${body.prompt?.text ?? ''}`)
      )
        continue;
      const short = body.choices.find(({ choice }) => isShort(choice.trim()));
      if (!short) continue;
      yield {
        message: `\`${short.choice}\` also occurs in a judge’s reasons. Choose a word that occurs only as the verdict, or ask for the choice alone.`,
        span: short.span,
      };
    }
  },
};

/** One character, or a word that any sentence may contain. */
function isShort(choice: string): boolean {
  return choice.length === 1 || /^(?:an?|as|is|it|no|or|so|ok|the|not|on|to)$/i.test(choice);
}

/** True if the judge is asked for nothing but the choice, so it gives no reasons. */
function asksForIt(text: string): boolean {
  return /\b(?:only|just|nothing else|nothing but|single (?:word|letter|number|digit|character)|one (?:word|letter|number|digit|character)|exactly one|without (?:any )?(?:explanation|reason))\b/i.test(
    text,
  );
}
