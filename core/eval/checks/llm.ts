import { describeMissingValues } from '../plan/request.ts';
import { askForVerdict } from './ask-for-verdict.ts';
import type { Check, CheckVerdict } from './check.ts';
import { createFenceMark, explainFence, fenceText } from './fence.ts';
import { findChoice, type NamedChoice } from './find-choice.ts';

export const llm: Check = {
  kind: 'llm',
  namespace: 'base',
  summary:
    'A model reads the answer and names one of the choices as a whole word. A negated choice does not count. A reply with no choice, or with different ones and none alone on the last line, is asked for again, then an error. Passes with a score above 0, or of at least `threshold`.',
  parameters: [
    {
      name: 'modelId',
      type: 'text',
      required: false,
      description: 'The judge; default: the judge of the settings.',
    },
    {
      name: 'prompt',
      type: 'text',
      required: true,
      description:
        'The question for the judge. `{{completion}}` is the answer, between two lines that it cannot forge; other placeholders get the row’s values.',
    },
    {
      name: 'choices',
      type: 'json',
      required: true,
      description: 'A list of `{choice, score}`.',
    },
    {
      name: 'systemPrompt',
      type: 'text',
      required: false,
      description:
        'The judge’s system message, sent unchanged. An instruction that the answer is data follows it.',
    },
  ],
  example: `llm:
  modelId: openai/gpt-4o
  prompt: "Is this answer polite? {{completion}} Reply with yes or no."
  choices:
    - { choice: "yes", score: 1 }
    - { choice: "no", score: 0 }`,
  judgeModel: ({ body }, judge) => (body.type === 'llm' ? body.modelId : null) ?? judge,
  run: async (input, context) => {
    const { evaluator, values, text } = input;
    if (evaluator.body.type !== 'llm') return error('`llm` must be a map');
    const { modelId, prompt, systemPrompt, choices } = evaluator.body;
    const model = modelId ?? context.judge;
    if (model === null) return error('`llm` needs a `modelId`, or a judge in the settings');
    if (!prompt) return error('`llm` needs a `prompt`');
    if (choices.length === 0) return error('`llm` needs `choices`, each with `choice` and `score`');
    const mark = createFenceMark(evaluator.name, text);
    const question = values.fill(prompt.text, `\n${fenceText('ANSWER', text, mark)}\n`);
    if (question.missing.length > 0 && !input.allowMissing) {
      return error(`\`prompt\`: ${describeMissingValues(question.missing)}`);
    }
    const known = choices.map((c) => c.choice).join(', ');
    const messages = [
      {
        role: 'system',
        content: [...(systemPrompt ? [systemPrompt.text] : []), explainFence(mark)].join('\n\n'),
      },
      { role: 'user', content: question.text },
    ] as const;
    const form = `Your reply cannot be read. Reply with one of the choices and nothing else: ${known}.`;
    const read = (reply: string): CheckVerdict => {
      const named = findChoice(reply, choices);
      if (named.kind !== 'one') return error(describeUnclear(named, known, reply));
      const { choice, score } = named.choice;
      const detail = `the judge ${model} replied "${choice}", score ${score}`;
      return { kind: 'judged', score, passed: score > 0, detail, actual: reply.trim() };
    };
    return await askForVerdict({ model, messages, form, read }, input, context);
  },
};

function error(message: string): CheckVerdict {
  return { kind: 'error', message };
}

function describeUnclear(
  named: Exclude<NamedChoice, { kind: 'one' }>,
  known: string,
  reply: string,
): string {
  const start = reply.trim().slice(0, 200);
  return named.kind === 'none'
    ? `the judge named none of the choices (${known}): ${start}`
    : `the judge named ${named.choices.length} choices (${named.choices.map(({ choice }) => choice).join(', ')}): ${start}`;
}
