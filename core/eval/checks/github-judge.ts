import type { Evaluator } from '../../prompt/document.ts';
import { child, readString } from '../../prompt/node.ts';
import type { ModelRequest } from '../model.ts';
import { askForVerdict } from './ask-for-verdict.ts';
import type { Check, CheckInput, CheckVerdict } from './check.ts';
import { createFenceMark, explainFence, fenceText } from './fence.ts';
import { readPoints } from './read-points.ts';

/** The question of a five-point judge. The wording is Promptsmith's. */
export interface FivePointJudge {
  readonly kind: string;
  readonly summary: string;
  /** The judge's input besides the answer. */
  readonly needs: readonly ('input' | 'expected')[];
  readonly question: string;
  /** The meaning of 1, 2, 3, 4 and 5 points. */
  readonly anchors: readonly [string, string, string, string, string];
}

export const FIVE_POINT_JUDGES: readonly FivePointJudge[] = [
  {
    kind: 'similarity',
    summary: 'How close the meaning of the answer is to `expected`.',
    needs: ['input', 'expected'],
    question:
      'Does the ANSWER say the same as the REFERENCE, given the REQUEST? Wording, order and length do not matter; facts, numbers, names and conclusions do.',
    anchors: [
      'It says something else, or contradicts the reference.',
      'It shares the topic, but most of what the reference says is missing or wrong.',
      'It has about half of what the reference says, or one important point is wrong.',
      'It says nearly all of it; only small points are missing or differ.',
      'It means the same.',
    ],
  },
  {
    kind: 'coherence',
    summary: 'How coherent the answer is.',
    needs: ['input'],
    question:
      'Do the sentences of the ANSWER follow from one another and form one clear line of thought that addresses the REQUEST? Judge the structure only, not the facts.',
    anchors: [
      'Loose fragments, or it contradicts itself throughout.',
      'Some sentences connect, but the line of thought is mostly lost.',
      'It can be followed, with jumps or repetitions that get in the way.',
      'A clear line of thought with small unevenness.',
      'Every sentence has its place; the whole is easy to follow.',
    ],
  },
  {
    kind: 'fluency',
    summary: 'How well the answer is written.',
    needs: [],
    question:
      'Is the ANSWER well written: grammar, spelling, choice of words, flow? Judge the language only, in whatever language it is, not the facts and not whether it helps.',
    anchors: [
      'Hardly readable.',
      'Many mistakes; the reader must guess at meanings.',
      'Understandable, with noticeable mistakes or stiff wording.',
      'Well written, with rare slips.',
      'Correct and natural throughout.',
    ],
  },
  {
    kind: 'relevance',
    summary: 'How well the answer addresses everything that was asked, and nothing else.',
    needs: ['input'],
    question:
      'Does the ANSWER deal with what the REQUEST asks, all of it and nothing beside it? An answer that is well meant but about something else is not relevant.',
    anchors: [
      'It does not deal with the request.',
      'It touches the topic but misses what was asked.',
      'It deals with part of the request, or buries the answer in other matter.',
      'It deals with the request; a minor part is missing or superfluous.',
      'It deals with exactly what was asked, completely.',
    ],
  },
  {
    kind: 'groundedness',
    summary: 'How well the statements of the answer are supported by the request.',
    needs: ['input'],
    question:
      'Is every statement of fact in the ANSWER supported by the REQUEST and the material in it? What is true in the world but not in that material counts as unsupported.',
    anchors: [
      'Its statements are invented or contradict the material.',
      'Most statements are not supported.',
      'About half are supported, or one important statement is not.',
      'Supported but for a small detail.',
      'Every statement is supported.',
    ],
  },
];

/** The default judge of the service that published the format. */
const DEFAULT_JUDGE = 'openai/gpt-4o';

/** The `github/…` judges: 1 to 5 points, scored 0, 0.25, 0.5, 0.75 and 1 (see docs/format.md). */
export const githubJudges: readonly Check[] = FIVE_POINT_JUDGES.map((judge) => ({
  kind: judge.kind,
  namespace: 'github',
  summary: `${judge.summary} A model gives one to five points, scored 0 to 1. Passes with a score above 0, or of at least \`threshold\`.`,
  parameters: [
    {
      name: 'model',
      type: 'text',
      required: false,
      notEmpty: true,
      description: `The judge; default: the judge of the settings, else ${DEFAULT_JUDGE}.`,
    },
  ],
  example: `uses: github/${judge.kind}
threshold: 0.75`,
  judgeModel: findJudgeModel,
  ...(judge.needs.includes('expected') ? { needsExpected: true as const } : {}),
  run: async (input, context) => {
    const model = input.args.has('model')
      ? input.args.text('model')
      : findJudgeModel(input.evaluator, context.judge);
    const missing = describeMissingInput(judge, input);
    if (missing !== null) return { kind: 'error', message: missing };
    const messages = buildFivePointRequest(judge, input);
    const read = (reply: string) => parseFivePointReply(reply, model);
    return await askForVerdict({ model, messages, form: FIVE_POINT_FORM, read }, input, context);
  },
}));

/** Why the row lacks the input of this judge; null if it has all. */
export function describeMissingInput(judge: FivePointJudge, { values }: CheckInput): string | null {
  return judge.needs.includes('expected') && values.text('expected') === undefined
    ? `github/${judge.kind} needs \`expected\`, which is missing in this row`
    : null;
}

function findJudgeModel({ body }: Evaluator, judge: string | null): string {
  const own = body.type === 'uses' ? readString(child(body.with, 'model') ?? body.with) : undefined;
  return own ?? judge ?? DEFAULT_JUDGE;
}

/** The messages to a five-point judge. With `numberOnly` it replies with only the number. */
export function buildFivePointRequest(
  judge: Omit<FivePointJudge, 'kind' | 'summary'>,
  { evaluator, values, messages, text }: CheckInput,
  numberOnly = false,
): ModelRequest['messages'] {
  const mark = createFenceMark(evaluator.name, text);
  const expected = values.text('expected');
  const asked = values.text('input') ?? messages.filter((m) => m.role === 'user').at(-1)?.content;
  const parts = [
    ...(judge.needs.includes('input') ? [fenceText('REQUEST', asked ?? '', mark)] : []),
    ...(judge.needs.includes('expected') ? [fenceText('REFERENCE', expected ?? '', mark)] : []),
    fenceText('ANSWER', text, mark),
  ];
  const last = numberOnly ? 'Reply with the number alone.' : 'End with the line "Score: N".';
  return [
    { role: 'system', content: buildInstructions(judge, mark, numberOnly) },
    { role: 'user', content: `${parts.join('\n\n')}\n\n${last}` },
  ];
}

/**
 * Reads the verdict of a reply. It must end with the score; anything doubtful is an error. Passes with a
 * score (0 to 1) of at least `passing`, or above 0 if that is 0.
 */
export function parseFivePointReply(reply: string, model: string, passing = 0): CheckVerdict {
  const points = readPoints(reply);
  if (points === null) {
    const last = reply.trimEnd().split('\n').at(-1)?.trim() ?? '';
    const message = `the judge ${model} did not end with "Score: 1" to "Score: 5": ${last.slice(0, 200)}`;
    return { kind: 'error', message };
  }
  const score = (points - 1) / 4;
  return {
    kind: 'judged',
    score,
    passed: passing === 0 ? score > 0 : score >= passing,
    detail: `the judge ${model} gave ${points} of 5 points`,
    actual: reply.trim(),
  };
}

/** Asks for a reply that can be read. */
export const FIVE_POINT_FORM =
  'Your reply cannot be read. Reply with the line "Score: N" alone, N being 1, 2, 3, 4 or 5.';

function buildInstructions(
  { question, anchors }: Pick<FivePointJudge, 'question' | 'anchors'>,
  mark: string,
  numberOnly: boolean,
): string {
  const form = numberOnly
    ? 'Reply with one number, 1, 2, 3, 4 or 5, and nothing else.'
    : 'Give one or two sentences of reasons. Then write as the last line "Score: N", N being 1, 2, 3, 4 or 5.';
  return `You grade the answer of another model.

${question}

${anchors.map((anchor, i) => `${i + 1}: ${anchor}`).join('\n')}

${explainFence(mark)}

${form}`;
}
