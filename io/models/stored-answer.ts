import type { Answer, StoredAnswer, Usage, Why } from '#core/eval/model.ts';
import type { RequestChange } from '#core/models/request-change.ts';

/** A stored answer as it was read; a hand-written line may leave out model and repeat. */
export type ReadAnswer = Omit<StoredAnswer, 'why' | 'model'> & {
  readonly why: Omit<Why, 'repeat'> & { readonly repeat: number | null };
  /** Null: of any model. */
  readonly model: string | null;
};

/**
 * Reads a line of a recording: a complete `StoredAnswer`, or by hand as little as
 * `{"case": "refund", "text": "…"}`, beside which `model`, `repeat`, `role`, `finishReason`, `usage` and
 * `latencyMs` may stand. Throws with one sentence when it is neither.
 */
export function readStoredAnswer(line: string): ReadAnswer {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`);
  }
  if (!isRecord(value)) throw new Error('not a JSON object');
  if (typeof value.v === 'number' && value.v > 1) {
    throw new Error(`written by a newer Promptsmith (v ${value.v}): update this one`);
  }
  const why = isRecord(value.why) ? value.why : value;
  const answer = isRecord(value.answer) ? value.answer : value;
  if (typeof why.case !== 'string') throw new Error('`case` is missing: the id or name of a case');
  if (typeof answer.text !== 'string') throw new Error('`text` is missing: the answer');
  const model = typeof value.model === 'string' ? value.model : null;
  return {
    v: 1,
    ...(typeof value.key === 'string' ? { key: value.key } : {}),
    why: {
      case: why.case,
      repeat: Number.isInteger(why.repeat) ? (why.repeat as number) : null,
      role: typeof why.role === 'string' ? why.role : 'answer',
    },
    model,
    answer: answerFrom(answer, answer.text, model),
    at: typeof value.at === 'string' ? value.at : '',
    source: value.source === 'model' ? 'model' : 'sample',
  };
}

const REASONS: readonly unknown[] = ['stop', 'length', 'content-filter', 'tool', 'other'];

function answerFrom(value: Record<string, unknown>, text: string, model: string | null): Answer {
  const { finishReason, latencyMs, firstTokenMs, servedBy } = value;
  return {
    text,
    finishReason: (REASONS.includes(finishReason)
      ? finishReason
      : 'stop') as Answer['finishReason'],
    usage: isUsage(value.usage) ? value.usage : null,
    latencyMs: typeof latencyMs === 'number' ? latencyMs : 0,
    servedBy: typeof servedBy === 'string' ? servedBy : (model ?? 'sample'),
    ...(typeof firstTokenMs === 'number' ? { firstTokenMs } : {}),
    ...(typeof value.raw === 'string' ? { raw: value.raw } : {}),
    ...(isChanges(value.changes) ? { changes: value.changes } : {}),
  };
}

function isUsage(value: unknown): value is Usage {
  return isRecord(value) && isCount(value.input) && isCount(value.output);
}

function isChanges(value: unknown): value is readonly RequestChange[] {
  return (
    Array.isArray(value) &&
    value.every((one) =>
      [one?.key, one?.effect, one?.reason].every((part) => typeof part === 'string'),
    )
  );
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
