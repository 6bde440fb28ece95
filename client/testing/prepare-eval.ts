import { type EvalRequest, prepareEval, type ReadyEval } from '#app/eval/prepare-eval.ts';
import { type Remedy, UserError } from '#core/user-error.ts';

/** An eval that is ready to run, or why it cannot run. */
export type PreparedEval =
  | { readonly kind: 'ready'; readonly ready: ReadyEval }
  | { readonly kind: 'blocked'; readonly reason: string; readonly remedy: Remedy | undefined };

/** Prepares an eval. What the user can fix is a value; other errors are thrown. */
export async function tryPrepareEval(
  request: EvalRequest,
  world: Parameters<typeof prepareEval>[1],
  signal: AbortSignal,
): Promise<PreparedEval> {
  try {
    return { kind: 'ready', ready: await prepareEval(request, world, signal) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'blocked', reason: error.message, remedy: error.remedy };
  }
}
