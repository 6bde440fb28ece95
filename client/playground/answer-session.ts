import { type Uri, window } from 'vscode';
import { openPorts } from '#app/eval/open-ports.ts';
import { openSpending, SpendingBooking } from '#app/eval/spending-booking.ts';
import type { ModelAccess } from '#app/models/access.ts';
import { createAccessModel } from '#app/models/access-model.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import type { ModelTarget, RunPorts } from '#core/eval/ports.ts';
import { combineCosts } from '#core/eval/report/event-cost.ts';
import { priceUsage } from '#core/models/cost.ts';
import { formatDollars } from '#core/models/figures.ts';
import { UserError } from '#core/user-error.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import { askForKey } from '../run/ask-for-key.ts';
import { openAccess, openReadyAccess } from '../run/open-access.ts';
import { readConfirmAbove, readMonthLimits } from '../settings.ts';
import { checkAnswer } from './check-answer.ts';
import type { PastAnswer, PastRun } from './history.ts';
import type { ToPlayground } from './messages.ts';
import type { PlaygroundContext } from './playground-context.ts';
import { estimateCost, listModelIds, type ModelColumn, type PromptState } from './prompt-state.ts';
import { StreamedAnswer } from './streamed-answer.ts';

/** The answers of one panel: requested, shown and stored. */
export class AnswerSession {
  readonly #playground: PlaygroundContext;
  readonly #uri: Uri;
  readonly #post: (message: ToPlayground) => void;
  #shown: readonly (StreamedAnswer | PastAnswer)[] = [];
  #stop: AbortController | null = null;
  #input: PromptInput | null = null;
  #run: Omit<PastRun, 'answers'> | null = null;

  constructor(playground: PlaygroundContext, uri: Uri, post: (message: ToPlayground) => void) {
    this.#playground = playground;
    this.#uri = uri;
    this.#post = post;
  }

  get shown(): readonly (StreamedAnswer | PastAnswer)[] {
    return this.#shown;
  }

  /** Shows answers of a past run. */
  show(answers: readonly PastAnswer[]): void {
    this.stop();
    this.#shown = answers;
    this.replay();
  }

  /** Sends all answers again, to a page that was just created. */
  replay(): void {
    const answers = this.#shown.map(({ view, text }) => ({ view, text }));
    this.#post({ kind: 'answers', answers });
  }

  /** Stops running requests. Partial answers stay. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Requests all columns at once. Throws UserError if that is not possible. */
  async ask(state: PromptState): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    const { knowledge, services } = this.#playground;
    const { input } = state;
    const project = { root: input.project.root, settings: input.settings };
    const access = await openReadyAccess(services.keys, project, state.modelIds);
    if (!access || stop.signal.aborted) return;
    const columns = await state.buildColumns(knowledge, (id) => resolveTarget(access, id));
    if ('error' in columns) throw new UserError(columns.error);
    if (!(await this.#isWorthIt(columns, input)) || stop.signal.aborted) return;
    const booking = await this.#book(input, await this.#estimate(columns, input));
    const answers = columns.map((column) => new StreamedAnswer(column));
    this.#shown = answers;
    this.#input = input;
    const run = createPastRun(state);
    this.#run = run;
    const { row } = state;
    this.replay();
    try {
      await this.#ask(answers, access, input, booking, stop.signal);
    } finally {
      await booking.close();
    }
    // After another run has started, these answers are stored but not shown.
    await this.#keep(answers, run, access);
    if (this.#shown === answers) this.#playground.services.inline.show(this.#uri, row, answers);
  }

  /** Runs the prompt's checks on an answer. */
  async check(index: number): Promise<void> {
    const answering = this.#shown[index];
    const input = this.#input;
    if (!(answering instanceof StreamedAnswer) || !answering.answer || !input)
      throw new UserError('Run the prompt first. Checks require a new, complete answer.');
    const { services } = this.#playground;
    const judged = listModelIds([answering.column], true);
    const project = { root: input.project.root, settings: input.settings };
    const access = await openReadyAccess(services.keys, project, judged);
    if (!access) return;
    const stop = new AbortController();
    this.#stop = stop;
    const booking = await this.#book(input, null);
    const ports = await this.#ports([answering], access, input);
    const count = (cost: number | null) => this.#count(cost, booking);
    try {
      answering.checks = await checkAnswer(answering, ports.ports, stop.signal, count);
    } finally {
      ports.close();
      await booking.close();
    }
    this.#post({ kind: 'answer', index, view: answering.view });
    if (this.#run) await this.#keep(this.#shown, this.#run, access);
  }

  /** Asks for the key of the provider that rejected the request. */
  async setKey(index: number): Promise<void> {
    const answering = this.#shown[index];
    const input = this.#input;
    if (!(answering instanceof StreamedAnswer) || !answering.target || !input) return;
    const { keys } = this.#playground.services;
    const { provider, origin } = answering.target;
    const access = await openAccess(keys, { root: input.project.root, settings: input.settings });
    const address = access.addresses().find(({ name }) => name === provider);
    await askForKey(keys, { origin, baseUrl: address?.baseUrl ?? origin });
  }

  /** Opens a diff between the first answer and this one. */
  async diff(index: number): Promise<void> {
    const [first, other] = [this.#shown[0], this.#shown[index]];
    if (!first || !other) return;
    await this.#playground.services.documents.compare(
      { title: first.view.title, text: first.text },
      { title: other.view.title, text: other.text },
    );
  }

  /** Shows an answer in an editor. */
  async open(index: number): Promise<void> {
    const answer = this.#shown[index];
    if (answer) await this.#playground.services.documents.open(answer.view.title, answer.text);
  }

  async #ask(
    answers: readonly StreamedAnswer[],
    access: ModelAccess,
    input: PromptInput,
    booking: SpendingBooking,
    signal: AbortSignal,
  ): Promise<void> {
    const { ports, close } = await this.#ports(answers, access, input);
    try {
      await Promise.all(
        answers.map(async (one, index) => {
          await this.#one(one, index, access, ports, signal);
          if (one.phase !== 'failed')
            this.#count(combineCosts(one.cost, one.answer?.usage), booking);
        }),
      );
    } finally {
      close();
    }
  }

  async #one(
    answering: StreamedAnswer,
    index: number,
    access: ModelAccess,
    ports: RunPorts,
    signal: AbortSignal,
  ): Promise<void> {
    const { column } = answering;
    const [target] = column.plan.models;
    if (!target) return;
    const others = access
      .fallbacks(target.id)
      .filter((other): other is ModelTarget => !('error' in other))
      .filter(({ provider }) => access.missing(provider) === null);
    const isShown = () => this.#shown[index] === answering;
    await answering.run([target, ...others], ports, signal, {
      text: (text) => isShown() && this.#post({ kind: 'text', index, text }),
      clear: () => isShown() && this.#post({ kind: 'clear', index }),
      changed: () => isShown() && this.#post({ kind: 'answer', index, view: answering.view }),
    });
    const { billed } = this.#playground.services;
    const usage = answering.answer?.usage;
    if (usage) await billed.add(target.id, column.predicted, usage.input);
  }

  async #ports(answers: readonly StreamedAnswer[], access: ModelAccess, input: PromptInput) {
    const [first] = answers;
    if (!first) throw new UserError('Nothing to send.');
    const model = createAccessModel(access);
    const made = {
      ...first.column.plan,
      models: answers.flatMap(({ column }) => column.plan.models),
    };
    const { knowledge } = this.#playground;
    const ports = await openPorts(made, { settings: input.settings, access, model, knowledge });
    return { ports, close: () => model.close() };
  }

  /** Asks for confirmation above the threshold. An unknown cost is shown beforehand and not confirmed. */
  async #isWorthIt(columns: readonly ModelColumn[], input: PromptInput): Promise<boolean> {
    const { settings } = input;
    const cost = await this.#estimate(columns, input);
    const limit = settings.eval.confirmAbove ?? readConfirmAbove([this.#uri]);
    if (cost === null || cost <= limit) return true;
    const run = 'Run';
    const question = `Run the prompt for ≈ ${formatDollars(cost)}?`;
    return (await window.showWarningMessage(question, { modal: true }, run)) === run;
  }

  /** USD; null where a price is unknown. */
  async #estimate(
    columns: readonly ModelColumn[],
    { settings }: PromptInput,
  ): Promise<number | null> {
    const models = await this.#playground.knowledge.catalogue(settings.models);
    return estimateCost(columns, (id, usage) => priceUsage(usage, models.find(id)?.prices ?? null));
  }

  /** Sets the expected cost aside. Throws UserError if a budget of the month does not allow it. */
  async #book(
    { project, settings }: PromptInput,
    expected: number | null,
  ): Promise<SpendingBooking> {
    const record = await openSpending(process.env, readMonthLimits(this.#uri));
    const spender = { root: project.root, settings };
    return await SpendingBooking.open(record, spender, 'playground', expected);
  }

  /** Counts a call; `cost` in USD, null = unknown. */
  #count(cost: number | null, booking: SpendingBooking): void {
    booking.add(cost);
    const { spent } = this.#playground.services;
    spent.add({ calls: 1, usd: cost ?? 0, unknown: cost === null ? 1 : 0 });
  }

  async #keep(
    answers: readonly (StreamedAnswer | PastAnswer)[],
    run: Omit<PastRun, 'answers'>,
    access: ModelAccess,
  ): Promise<void> {
    const { redact = [] } = this.#input?.settings.runs ?? {};
    const values = Object.entries(run.values).filter(([name]) => !redact.includes(name));
    const kept = {
      ...run,
      values: Object.fromEntries(values),
      answers: answers.map(({ view, text }) => ({ view, text })),
    };
    // A server may have echoed a key.
    const clean: PastRun = JSON.parse(hideKeys(JSON.stringify(kept), access.secrets()));
    await this.#playground.history.add(this.#uri, clean);
  }
}

function resolveTarget(access: ModelAccess, id: string): ModelTarget {
  const target = access.target(id);
  if ('error' in target) throw new UserError(target.error);
  return target;
}

function createPastRun(state: PromptState): Omit<PastRun, 'answers'> {
  const at = new Date().toISOString();
  return {
    id: `${at} ${crypto.randomUUID()}`,
    at,
    case: state.caseId,
    models: state.modelIds,
    revision: state.revision?.name ?? null,
    values: Object.fromEntries(state.values),
    turns: state.turns,
  };
}
