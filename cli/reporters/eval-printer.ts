import type { EvalEvent, EvalOutcome, FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import { describePassedOver } from '#app/eval/pick-run.ts';
import { collectReportSources } from '#app/eval/report-sources.ts';
import { describePasses } from '#core/eval/report/describe-result.ts';
import { buildRunReport } from '#core/eval/report/run-report.ts';
import type { Terminal } from '../terminal.ts';
import { printEstimate } from './estimate-plain.ts';
import { pluralize } from './findings-plain.ts';
import { progressLine } from './progress.ts';
import { printReport, type ReportDetail } from './report-plain.ts';
import { printDetectable, printGate } from './verdict-plain.ts';

/** Prints an eval as it happens: notes and progress always, its report with `detail`; null: no report. */
export class EvalPrinter {
  readonly #terminal: Terminal;
  readonly #detail: ReportDetail | null;
  #margin = 0;
  /** When the current run began, in ms. */
  #started: number | null = null;

  constructor(terminal: Terminal, detail: ReportDetail | null) {
    this.#terminal = terminal;
    this.#detail = detail;
  }

  show(event: EvalEvent): void {
    const terminal = this.#terminal;
    switch (event.kind) {
      case 'held-out':
        terminal.note(
          `${event.path}: ${pluralize(event.cases, 'holdout case')} left out; --holdout includes them`,
        );
        break;
      case 'no-cases':
        terminal.note(
          `${event.path}: no golden cases to run (testData and testFiles are empty, or no case matches --filter)`,
        );
        break;
      case 'planned':
        this.#margin = event.margin;
        this.#notePassedOver(event);
        break;
      case 'gate':
        if (this.#isWordy()) printGate(event.question, terminal);
        break;
      case 'run-planned':
        this.#started = null;
        if (!this.#isWordy()) break;
        printEstimate(event.prepared, terminal);
        printDetectable(event.prepared.plan, this.#margin, terminal);
        break;
      case 'run-step': {
        this.#started ??= performance.now();
        if (event.event.t !== 'score') break;
        const elapsed = performance.now() - this.#started;
        terminal.status(progressLine(event.prepared.path, event.report, elapsed));
        break;
      }
      case 'run-finished': {
        terminal.status('');
        const { path, cache } = event.prepared;
        if (cache && cache.problem !== null) terminal.note(`${path}: ${cache.problem}`);
        if (event.role === 'baseline' && this.#isWordy()) this.#printBaseline(event.outcome);
        break;
      }
      case 'finished':
        this.#printReport(event);
        break;
      default:
        event satisfies never;
    }
  }

  #notePassedOver({ prepared, chosen }: PlannedEval): void {
    const passedOver = chosen?.baseline.kind === 'stored' ? chosen.baseline.passedOver : [];
    if (passedOver.length > 0)
      this.#terminal.note(
        `${prepared.path}: not fit to compare with: ${describePassedOver(passedOver)}`,
      );
  }

  #isWordy(): boolean {
    return this.#detail !== null && this.#detail !== 'verdict';
  }

  /** One line: its report is not what was asked for. */
  #printBaseline({ summary: { totals, passRate, run, end } }: EvalOutcome): void {
    if (end !== 'done') return;
    const passes = describePasses({ cases: totals, jobs: totals.jobs, passRate }, run.repeat);
    this.#terminal.print(`  baseline: ${passes}`);
    this.#terminal.print();
  }

  #printReport(finished: FinishedEval): void {
    if (this.#detail === null) return;
    const { log } = finished.outcome;
    const report = buildRunReport({ ...collectReportSources(finished), log });
    printReport(report, this.#detail, this.#terminal);
  }
}
