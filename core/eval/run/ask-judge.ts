import { acceptsTemperature } from '../../models/reasoning.ts';
import type { Evaluator } from '../../prompt/document.ts';
import type { JudgeReply } from '../checks/check.ts';
import type { Answer, ModelRequest } from '../model.ts';
import type { Job } from '../plan/plan.ts';
import type { RunPorts } from '../ports.ts';
import type { Caller } from './caller.ts';
import { isRetryable } from './retry-policy.ts';

/** A question of an evaluator to a judge about the answer of a job. */
export interface JudgeCall {
  /** The judge's model id, as the prompt file spells it. */
  readonly model: string;
  readonly messages: ModelRequest['messages'];
  readonly job: Job;
  readonly evaluator: Evaluator;
}

/** A judge's reply. */
export type AskedJudge = JudgeReply & {
  /** The number of calls that broke off and may be billed; their cost is unknown. */
  readonly broken: number;
  /** The judge did not answer, in a way that may pass. */
  readonly isPassing: boolean;
};

/** Asks a judge. A reply that was cut off, is empty or was stopped by a filter is an error. */
export async function askJudge(
  { model, messages, job, evaluator }: JudgeCall,
  { resolveModel }: Pick<RunPorts, 'resolveModel'>,
  caller: Caller,
): Promise<AskedJudge> {
  const target = resolveModel(model);
  if ('error' in target)
    return { error: `the judge ${model}: ${target.error}`, cost: 0, broken: 0, isPassing: false };
  const { answer, error, cost, cached, broken } = await caller.call(
    {
      provider: target.provider,
      origin: target.origin,
      ...(target.connection === undefined ? {} : { connection: target.connection }),
      model: target.model,
      messages,
      parameters: acceptsTemperature(target.model) ? { temperature: 0 } : {},
      why: { case: job.case.id, repeat: job.repeat, role: `judge:${evaluator.name}` },
    },
    model,
  );
  const paid = cached ? 0 : cost;
  const problem = answer
    ? describeBadReply(answer)
    : `did not answer: ${error?.message ?? 'no reason given'}`;
  if (answer && problem === null)
    return { text: answer.text, cost: paid, broken, isPassing: false };
  const isPassing = error !== undefined && isRetryable(error.kind);
  return { error: `the judge ${model} ${problem}`, cost: paid, broken, isPassing };
}

/** Why the reply of a judge is no verdict; null if it may be one. */
function describeBadReply({ text, finishReason }: Answer): string | null {
  if (finishReason === 'length') return 'was cut off at its token limit';
  if (finishReason === 'content-filter') return 'was stopped by the provider’s filter';
  return text.trim() === '' ? 'sent an empty reply' : null;
}
