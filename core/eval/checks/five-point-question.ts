import type { ModelRequest } from '../model.ts';
import type { CheckInput, Verdict } from './check.ts';
import { fence, fenced, fenceRule } from './fence.ts';
import type { FivePointJudge } from './five-point-judges.ts';

/** What a five-point judge is sent. `numberOnly`: it replies with nothing but the number. */
export function fivePointQuestion(
  judge: Omit<FivePointJudge, 'kind' | 'summary'>,
  { evaluator, values, messages, text }: CheckInput,
  numberOnly = false,
): ModelRequest['messages'] {
  const mark = fence(evaluator.name, text);
  const expected = values.text('expected');
  const asked = values.text('input') ?? messages.filter((m) => m.role === 'user').at(-1)?.content;
  const parts = [
    ...(judge.needs.includes('input') ? [fenced('REQUEST', asked ?? '', mark)] : []),
    ...(judge.needs.includes('expected') ? [fenced('REFERENCE', expected ?? '', mark)] : []),
    fenced('ANSWER', text, mark),
  ];
  const last = numberOnly ? 'Reply with the number alone.' : 'End with the line "Score: N".';
  return [
    { role: 'system', content: instructions(judge, mark, numberOnly) },
    { role: 'user', content: `${parts.join('\n\n')}\n\n${last}` },
  ];
}

/**
 * The verdict in a reply: its last line alone counts, and it must be the score. Anything else is an error.
 * Passes with a score (0 to 1) of `passing` or more, or above 0 where that is 0.
 */
export function fivePointVerdict(
  reply: string,
  model: string,
  cost: number | null,
  passing = 0,
): Verdict {
  const last = reply.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const points = LAST_LINE.exec(last)?.[1];
  if (points === undefined) {
    const message = `the judge ${model} did not end with "Score: 1" to "Score: 5": ${last.slice(0, 200)}`;
    return { kind: 'error', message, cost };
  }
  const score = (Number(points) - 1) / 4;
  return {
    kind: 'judged',
    score,
    passed: passing === 0 ? score > 0 : score >= passing,
    detail: `the judge ${model} gives ${points} of 5`,
    actual: reply.trim(),
    cost,
  };
}

/** `Score: 4`, `**Score: 4/5**`, `4.`; not `-4`, `4.5` or `4 because`. */
const LAST_LINE = /^[*_`"'(>#]{0,4}(?:score[*_`"':=\s]{0,6})?([1-5])(?: ?\/ ?5)?[*_`"').]{0,4}$/i;

function instructions(
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

${fenceRule(mark)}

${form}`;
}
