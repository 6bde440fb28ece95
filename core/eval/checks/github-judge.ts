import type { Evaluator } from '../../prompt/document.ts';
import { child, stringOf } from '../../prompt/node.ts';
import type { Check, CheckInput } from './check.ts';
import { FIVE_POINT_JUDGES, type FivePointJudge } from './five-point-judges.ts';
import { fivePointQuestion, fivePointVerdict } from './five-point-question.ts';

/** The judge of the service that published the format, where nothing else is said. */
const DEFAULT_JUDGE = 'openai/gpt-4o';

/** `github/similarity` and its four sisters: 1 to 5, counted as 0, .25, .5, .75, 1. format.md §4. */
export const githubJudges: readonly Check[] = FIVE_POINT_JUDGES.map((judge) => ({
  kind: judge.kind,
  namespace: 'github',
  summary: `${judge.summary} A model judges on five points, counted as 0 to 1. Passes with a score above 0, or from \`threshold\`.`,
  parameters: [
    {
      name: 'model',
      type: 'text',
      required: false,
      notEmpty: true,
      description: `The judge; without it the judge of the settings, else ${DEFAULT_JUDGE}.`,
    },
  ],
  example: `uses: github/${judge.kind}
threshold: 0.75`,
  judgeModel: modelOf,
  run: async (input, context) => {
    const model = input.args.has('model')
      ? input.args.text('model')
      : modelOf(input.evaluator, context.judge);
    const missing = missingFor(judge, input);
    if (missing !== null) return { kind: 'error', message: missing };
    const reply = await context.ask(model, fivePointQuestion(judge, input), input);
    if ('error' in reply) return { kind: 'error', message: reply.error, cost: reply.cost };
    return fivePointVerdict(reply.text, model, reply.cost);
  },
}));

/** What the row lacks for this judge, as one sentence; null when it has all. */
export function missingFor(judge: FivePointJudge, { values }: CheckInput): string | null {
  return judge.needs.includes('expected') && values.text('expected') === undefined
    ? `github/${judge.kind} compares with the row’s \`expected\`, and there is none`
    : null;
}

function modelOf({ body }: Evaluator, judge: string | null): string {
  const own = body.type === 'uses' ? stringOf(child(body.with, 'model') ?? body.with) : undefined;
  return own ?? judge ?? DEFAULT_JUDGE;
}
