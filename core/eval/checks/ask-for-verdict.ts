import type { ModelRequest } from '../model.ts';
import type { CheckContext, CheckInput, CheckVerdict } from './check.ts';

/** A question to a judge. */
export interface JudgeQuestion {
  readonly model: string;
  readonly messages: ModelRequest['messages'];
  /** What a reply must look like; sent when the first one cannot be read. */
  readonly form: string;
  /** Reads a reply; `error` if it is no verdict. */
  read(reply: string): CheckVerdict;
}

/** Asks a judge, once more if its reply cannot be read. The verdict's cost is that of both calls. */
export async function askForVerdict(
  { model, messages, form, read }: JudgeQuestion,
  input: CheckInput,
  context: CheckContext,
): Promise<CheckVerdict> {
  const reply = await context.ask(model, messages, input);
  if ('error' in reply) return { kind: 'error', message: reply.error, cost: reply.cost };
  const verdict = read(reply.text);
  if (verdict.kind !== 'error') return withCost(verdict, reply.cost);
  const repeated = await context.ask(
    model,
    [...messages, { role: 'assistant', content: reply.text }, { role: 'user', content: form }],
    input,
  );
  const cost = reply.cost === null || repeated.cost === null ? null : reply.cost + repeated.cost;
  return withCost('error' in repeated ? verdict : read(repeated.text), cost);
}

function withCost(verdict: CheckVerdict, cost: number | null): CheckVerdict {
  return verdict.kind === 'unmeasurable' ? verdict : { ...verdict, cost };
}
