import { Location, type TestItem, TestMessage, type TestRun } from 'vscode';
import { parseJobId } from '#core/eval/ids.ts';
import { combineOutcomes } from '#core/eval/report/combine-outcomes.ts';
import { suggestRemedy } from '#core/eval/run/suggest-remedy.ts';
import type { AnswerEvent, Outcome, RunEvent, ScoreEvent } from '#core/eval/run-event.ts';

/** Answers are shown up to this length. */
const SHOWN = 4_000;

/** What is known of a case whose repeats have not all come in. */
interface Pending {
  readonly outcomes: Map<string, Outcome[]>;
  readonly messages: TestMessage[];
  count: number;
  ms: number;
}

/** Shows the cases of a run as they come in: one result per case, over its models and repeats. */
export class CaseReporter {
  readonly #run: TestRun;
  readonly #items: ReadonlyMap<string, TestItem>;
  /** Calls of each case. */
  readonly #calls: number;
  readonly #answers = new Map<string, AnswerEvent>();
  readonly #pending = new Map<string, Pending>();

  constructor(run: TestRun, items: ReadonlyMap<string, TestItem>, calls: number) {
    this.#run = run;
    this.#items = items;
    this.#calls = calls;
  }

  add(event: RunEvent): void {
    const key = 'job' in event ? parseJobId(event.job) : null;
    const item = key && this.#items.get(key.case);
    if (!key || !item) return;
    if (event.t === 'answer') {
      this.#answers.set(event.job, event);
      this.#run.started(item);
      return;
    }
    if (event.t !== 'score') return;
    const answer = this.#answers.get(event.job);
    this.#answers.delete(event.job);
    const pending = this.#pending.get(key.case) ?? newPending();
    this.#pending.set(key.case, pending);
    const outcomes = pending.outcomes.get(key.model) ?? [];
    pending.outcomes.set(key.model, [...outcomes, event.outcome]);
    pending.messages.push(...messagesOf(event, answer, item));
    pending.count++;
    pending.ms += answer?.answer?.latencyMs ?? 0;
    if (pending.count === this.#calls) this.#show(key.case, item, pending);
  }

  /** Shows cases of which some repeats were done earlier. */
  finish(): void {
    for (const [id, pending] of this.#pending) {
      const item = this.#items.get(id);
      if (item) this.#show(id, item, pending);
    }
  }

  #show(id: string, item: TestItem, { outcomes, messages, ms }: Pending): void {
    this.#pending.delete(id);
    const outcome = worst([...outcomes.values()].map(combineOutcomes));
    switch (outcome) {
      case 'passed':
        this.#run.passed(item, ms);
        break;
      case 'failed':
        this.#run.failed(item, messages, ms);
        break;
      case 'errored':
        this.#run.errored(item, messages, ms || undefined);
        break;
      case 'no-checks':
        this.#run.appendOutput(
          `${item.label}: no evaluator says what a good answer is\r\n`,
          undefined,
          item,
        );
        this.#run.skipped(item);
        break;
      case 'skipped':
        this.#run.skipped(item);
        break;
      default:
        outcome satisfies never;
    }
  }
}

const ORDER: readonly Outcome[] = ['errored', 'failed', 'no-checks', 'skipped', 'passed'];

function worst(outcomes: readonly Outcome[]): Outcome {
  return ORDER.find((outcome) => outcomes.includes(outcome)) ?? 'skipped';
}

function newPending(): Pending {
  return { outcomes: new Map(), messages: [], count: 0, ms: 0 };
}

function messagesOf(
  { results }: ScoreEvent,
  event: AnswerEvent | undefined,
  item: TestItem,
): TestMessage[] {
  const text = event?.answer?.text.slice(0, SHOWN);
  const made = results.flatMap(({ name, detail, error, passed, weight, expected, actual }) => {
    if (error !== undefined) return [new TestMessage(`${name}: ${error}`)];
    if (passed !== false || weight === 0) return [];
    const got = actual ?? text ?? '';
    if (expected !== undefined) return [TestMessage.diff(`${name}: ${detail}`, expected, got)];
    return [new TestMessage(`${name}: ${detail}\n\nThe answer:\n${got}`)];
  });
  if (event?.error) {
    const remedy = suggestRemedy(event.error);
    made.push(new TestMessage(`${event.error.message}${remedy === null ? '' : `\n\n${remedy}`}`));
  }
  for (const message of made)
    if (item.uri && item.range) message.location = new Location(item.uri, item.range);
  return made;
}
