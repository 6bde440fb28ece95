import type { EvalEvent, EvalOutcome, FinishedEval, PlannedEval } from '#app/eval/eval-event.ts';
import { describePassedOver } from '#app/eval/pick-run.ts';
import type { Terminal } from '../terminal.ts';
import { printCases } from './cases-plain.ts';
import { printEstimate } from './estimate-plain.ts';
import { pluralize } from './findings-plain.ts';
import { progressLine } from './progress.ts';
import { printTotals } from './totals-plain.ts';
import { printComparisons, printConclusion, printDetectable, printGate } from './verdict-plain.ts';

/** Prints an eval as it happens: notes and progress always, its report unless `isQuiet`. */
export class EvalPrinter {
  readonly #terminal: Terminal;
  readonly #isQuiet: boolean;
  #margin = 0;
  /** When the current run began, in ms. */
  #started: number | null = null;

  constructor(terminal: Terminal, isQuiet: boolean) {
    this.#terminal = terminal;
    this.#isQuiet = isQuiet;
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
        if (!this.#isQuiet) printGate(event.question, terminal);
        break;
      case 'run-planned':
        this.#started = null;
        if (this.#isQuiet) break;
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
        if (this.#isQuiet) break;
        this.#printOutcome(event.outcome);
        if (event.role === 'baseline' && event.outcome.summary.end === 'done') terminal.print();
        break;
      }
      case 'finished':
        if (!this.#isQuiet) this.#printVerdicts(event);
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

  #printVerdicts({ comparisons, models, outcome }: FinishedEval): void {
    printComparisons([...comparisons, ...models], outcome.names, this.#terminal);
  }

  #printOutcome(outcome: EvalOutcome): void {
    printCases(outcome, this.#terminal);
    printTotals(outcome, this.#terminal);
    printConclusion(outcome, this.#terminal);
  }
}
