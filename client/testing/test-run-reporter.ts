import { Location, type LogOutputChannel, type TestItem, TestMessage, type TestRun } from 'vscode';
import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { WaitingEval } from '#app/eval/evaluate-prompt.ts';
import { readEventCost } from '#core/eval/report/event-cost.ts';
import { isPartialRun } from '#core/eval/report/is-partial-run.ts';
import type { SessionCost } from '../session-cost.ts';
import { type CaseMessage, type CaseResult, CaseResults } from './case-results.ts';
import { describePlan, describeResult } from './describe-eval.ts';
import { EvalProgress } from './eval-progress.ts';
import { writeHeadline } from './headline.ts';

/** Where the cases of a prompt are shown in the Test Explorer. */
export interface ShownPrompt {
  readonly item: TestItem;
  /** By case id. */
  readonly cases: ReadonlyMap<string, TestItem>;
}

/** Shows evals in a run of the Test Explorer as they happen. */
export class TestRunReporter {
  readonly #run: TestRun;
  readonly #log: LogOutputChannel;
  readonly #spent: Pick<SessionCost, 'add'>;

  constructor(run: TestRun, log: LogOutputChannel, spent: Pick<SessionCost, 'add'>) {
    this.#run = run;
    this.#log = log;
    this.#spent = spent;
  }

  /** Shows why a prompt is not evaluated. */
  showError(item: TestItem, message: string): void {
    this.#print(message);
    this.#run.errored(item, new TestMessage(message));
  }

  /** Runs an eval to its end and shows it. Null when it failed; that is shown. */
  async show(
    { planned, events }: WaitingEval,
    shown: ShownPrompt,
    progress: (text: string) => void = () => {},
  ): Promise<FinishedEval | null> {
    const { path, plan } = planned.prepared;
    this.#print(describePlan(planned));
    // A run of some cases has no result of its own for the prompt.
    if (plan.leftOut.filter === 0) this.#run.started(shown.item);
    for (const { id } of plan.cases) {
      const item = shown.cases.get(id);
      if (item) this.#run.enqueued(item);
    }
    const calls = plan.repeat * plan.models.length;
    const [own] = plan.models;
    const results = new CaseResults((id) => shown.cases.has(id), plan.repeat, own?.id ?? '');
    const runs = planned.chosen?.baseline.kind === 'to-run' ? 2 : 1;
    const counter = new EvalProgress(calls * plan.cases.length * runs, Date.now(), (text) =>
      progress(`${path}: ${text}`),
    );
    try {
      for await (const event of events) {
        if (event.kind === 'finished') {
          if (event.outcome.summary.end === 'done')
            for (const result of results.finish()) this.#showResult(result, shown);
          for (const result of results.listEarlier(event.outcome.cases))
            this.#showResult(result, shown);
          this.#showConclusion(event, planned.chosen?.name ?? null, shown);
          return event;
        }
        if (event.kind !== 'run-step') continue;
        this.#spent.add(readEventCost(event.event));
        if (event.event.t === 'answer')
          counter.add(event.event.cached ? 0 : event.event.cost, Date.now());
        const change = event.role === 'prompt' ? results.add(event.event) : null;
        const item = change && shown.cases.get(change.id);
        if (change?.kind === 'started' && item) this.#run.started(item);
        else if (change?.kind === 'result') this.#showResult(change, shown);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error(`The eval of ${path} stopped:`, message);
      this.showError(shown.item, message);
    }
    return null;
  }

  /**
   * Shows what the run says about its prompt. The Test Explorer marks a prompt as passed if those of its cases
   * are that ran, so a run that was cut off, or is not accepted, needs a result of its own. It counts as a test
   * then, so it is left to the cases where one of them did not pass.
   */
  #showConclusion(finished: FinishedEval, baseline: string | null, { item }: ShownPrompt): void {
    this.#print(describeResult(finished, baseline));
    const { summary, conclusion } = finished.outcome;
    const { failed, errored } = summary.totals;
    if (isPartialRun(summary) || conclusion.kind === 'accepted' || failed + errored > 0) return;
    const message = new TestMessage(writeHeadline(finished, baseline).text);
    if (conclusion.kind === 'not-accepted') this.#run.failed(item, message);
    else this.#run.errored(item, message);
  }

  #showResult({ id, outcome, messages, ms }: CaseResult, { cases }: ShownPrompt): void {
    const item = cases.get(id);
    if (!item) return;
    const shown = messages.map((message) => toTestMessage(message, item));
    switch (outcome) {
      case 'passed':
        this.#run.passed(item, ms);
        break;
      case 'failed':
        this.#run.failed(item, shown, ms);
        break;
      case 'errored':
        this.#run.errored(item, shown, ms || undefined);
        break;
      case 'no-checks':
        this.#print(`${item.label}: no evaluator checks the answer`, item);
        this.#run.skipped(item);
        break;
      case 'skipped':
        this.#run.skipped(item);
        break;
      default:
        outcome satisfies never;
    }
  }

  /** A test run's output is a terminal. */
  #print(text: string, item?: TestItem): void {
    this.#run.appendOutput(`${text.replace(/\r?\n/g, '\r\n')}\r\n`, undefined, item);
  }
}

function toTestMessage({ text, diff }: CaseMessage, { uri, range }: TestItem): TestMessage {
  const message = diff ? TestMessage.diff(text, diff.expected, diff.actual) : new TestMessage(text);
  if (uri && range) message.location = new Location(uri, range);
  return message;
}
