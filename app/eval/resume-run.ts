import type { Hashes } from '#core/eval/hashes.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { Report } from '#core/eval/report/report.ts';
import { type Redaction, redactEvent } from '#core/eval/run/redaction.ts';
import type { EarlierPart } from '#core/eval/run/run-options.ts';
import type { AnswerEvent, RunHeader } from '#core/eval/run-event.ts';
import type { RunStore } from '#io/runs/run-store.ts';

export interface ResumeOptions {
  /** Errored cases are sent again. */
  readonly retryErrors?: boolean;
  /** Every stored answer is judged again, without a call. */
  readonly rescore?: boolean;
  /** The derived metrics of the current evaluators. */
  readonly derived?: Pick<RunHeader, 'derived'>;
  /** What the run excludes from its store. */
  readonly redaction?: Redaction | null;
  /** Removes secrets from what the log keeps. */
  readonly hidden?: (text: string) => string;
}

export interface ResumedRun {
  readonly header: RunHeader;
  /** What `run` needs to continue. */
  readonly earlier: EarlierPart;
  /** The run so far: hand it to `stored` so that the summary has everything. */
  readonly report: Report;
  /** Why cases did not pass so far, and who answered. */
  readonly log: CaseLog;
}

/**
 * Reads what a stored run has done, or returns one sentence why it cannot be resumed: its answers belong to
 * another prompt, to other rows, or (unless they are judged again) to other evaluators.
 */
export async function resumeRun(
  store: RunStore,
  { promptId, id }: { readonly promptId: string; readonly id: string },
  hashes: Hashes,
  {
    retryErrors = false,
    rescore = false,
    redaction,
    derived = {},
    hidden = (text) => text,
  }: ResumeOptions = {},
): Promise<ResumedRun | { readonly error: string }> {
  const report = new Report();
  const log = new CaseLog();
  let ended: EarlierPart['ended'] = { reason: 'cancelled', early: false };
  let header: RunHeader | null = null;
  const answers = new Map<string, AnswerEvent>();
  const done = new Set<string>();
  /** What the evaluators of an earlier start judged. */
  let outdated = new Set<string>();
  for await (const event of store.events(promptId, id)) {
    report.add(event);
    log.add(redactEvent(event, hidden));
    if (event.t === 'end') ended = { reason: event.reason, early: event.early ?? false };
    if (event.t === 'start') {
      if (header && header.hashes.checks !== event.run.hashes.checks) outdated = new Set(done);
      header = event.run;
    } else if (event.t === 'answer') {
      answers.set(event.job, event);
      done.delete(event.job);
    } else if (event.t === 'score') {
      outdated.delete(event.job);
      const again = retryErrors && event.outcome === 'errored';
      if (!again) done.add(event.job);
      // A scored answer is needed again only to be judged again.
      if (!again && !rescore) answers.delete(event.job);
    }
  }
  if (!header) return { error: `${id} has no start event: start a new run` };
  const changed = findChange(header.hashes, hashes, rescore);
  if (changed !== null) return { error: `${id} cannot be resumed: ${changed}` };
  if (outdated.size > 0 && !rescore)
    return {
      error: `${id} cannot be resumed: ${outdated.size} of its answers are not scored by its evaluators yet: score them with --rescore`,
    };
  const restart = header.hashes.checks !== hashes.checks;
  const earlier: EarlierPart = {
    restart,
    // Nothing is asked, so that nothing is whole now that was not whole before.
    ...(rescore && !retryErrors ? { ended } : {}),
    isDone: (job) => {
      const isAnswered = answers.get(job)?.answer !== undefined;
      return rescore && !retryErrors ? !isAnswered : done.has(job) && !(rescore && isAnswered);
    },
    findAnswer: (job) => {
      const event = answers.get(job);
      return event?.answer ? (redaction?.restore(event) ?? event) : undefined;
    },
  };
  const { derived: _, ...rest } = header;
  return { header: restart ? { ...rest, hashes, ...derived } : header, earlier, report, log };
}

function findChange(then: Hashes, now: Hashes, rescore: boolean): string | null {
  if (then.prompt !== now.prompt) return 'the prompt has changed since: start a new run';
  if (then.data !== now.data) return 'the test rows have changed since: start a new run';
  if (then.checks === now.checks || rescore) return null;
  return 'the evaluators have changed since: score its answers again with --rescore';
}
