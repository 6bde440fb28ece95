import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type AcceptanceResult, judgeAcceptance } from '#core/eval/acceptance.ts';
import { type Forecast, forecast } from '#core/eval/forecast.ts';
import { promptId, runId } from '#core/eval/ids.ts';
import { type Plan, plan } from '#core/eval/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { type CaseSummary, Report, type Summary } from '#core/eval/report.ts';
import { type Earlier, run, runProblem } from '#core/eval/run.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import { dollars } from '#core/models/figures.ts';
import type { Row } from '#core/prompt/document.ts';
import { ModelAccess } from '#io/model-access.ts';
import { resumeRun } from '#io/resume-run.ts';
import { RunStore, stored } from '#io/run-store.ts';
import { type Arguments, type CommandContext, UsageError } from './command.ts';
import { filterOf, HOLDOUT, openModel, portsFor, requireKeys, targetOf } from './eval-setup.ts';
import { type Input, pathInProject, rowsOf } from './inputs.ts';
import { CaseLog } from './reporters/case-log.ts';
import { printForecast } from './reporters/eval-plain.ts';
import { dollarsOrUnknown } from './reporters/figures.ts';
import { plural } from './reporters/findings-plain.ts';
import { progressLine } from './reporters/progress.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** Asked about above this many dollars, where the settings say nothing. */
const CONFIRM_ABOVE = 0.1;

export interface EvalOutcome {
  readonly summary: Summary;
  readonly cases: readonly CaseSummary[];
  readonly log: CaseLog;
  readonly acceptance: AcceptanceResult | null;
  readonly hasAcceptance: boolean;
}

/** One prompt's eval: prepared before anything is called, then run. */
export class EvalSession {
  readonly path: string;
  readonly plan: Plan;
  readonly ports: RunPorts;
  /** Where the project's runs are kept. */
  readonly store: RunStore;
  readonly #input: Input;
  readonly #args: Arguments;
  readonly #forecast: Forecast;
  readonly #access: ModelAccess;
  readonly #maxCost: number | undefined;
  readonly #close: () => void;

  private constructor(
    input: Input,
    args: Arguments,
    made: Plan,
    ports: RunPorts,
    access: ModelAccess,
    close: () => void,
  ) {
    this.path = input.path;
    this.#input = input;
    this.#args = args;
    this.plan = made;
    this.ports = ports;
    this.store = new RunStore(join(input.project.root, '.promptsmith'));
    this.#access = access;
    this.#close = close;
    const limits = [args.number('max-cost'), input.prompt.budget?.maxCostPerRun].filter(
      (limit) => limit !== undefined,
    );
    this.#maxCost = limits.length === 0 ? undefined : Math.min(...limits);
    this.#forecast = forecast(made, ports);
  }

  /** How many cases there are to run. */
  get cases(): number {
    return this.plan.cases.length;
  }

  /** Finds model, key, prices and token tables. Throws UsageError for what is missing; calls nothing. */
  static async prepare(
    input: Input,
    args: Arguments,
    context: CommandContext,
  ): Promise<EvalSession> {
    const { settings, project, prompt, path } = input;
    const access = await ModelAccess.open({
      root: project.root,
      settings,
      env: context.environment,
      trusted: args.texts('trust'),
    }).catch((error: Error) => {
      throw new UsageError(error.message);
    });
    if (input.tests.problems.some(({ severity }) => severity === 'error'))
      throw new UsageError(
        `${path}: its test files have errors (see above): cases would be missing.`,
      );
    const isReplay = args.flag('replay');
    const given = args.texts('model');
    const ids = given.length > 0 ? given : prompt.model === null ? [] : [prompt.model];
    if (ids.length === 0)
      throw new UsageError(`${path}: no model: add \`model:\` to the file, or give --model.`);
    const judge = args.text('judge') ?? settings.eval.judge;
    const rows = rowsOf(input);
    const isGate = args.flag('holdout') || Boolean(context.environment.CI);
    const filter = filterOf(args.texts('filter'), isGate);
    const made = plan(prompt, {
      rows,
      models: ids.map((id) => targetOf(id, access, isReplay, path)),
      repeat: args.number('repeat') ?? settings.eval.repeat ?? 1,
      seed: args.number('seed') ?? 0,
      filter,
      ...(args.flag('allow-missing') ? { allowMissing: true } : {}),
      ...(judge === undefined ? {} : { judge }),
      ...(args.text('compat') === 'gh-models' ? { compat: 'gh-models' } : {}),
    });
    if (!isReplay && !args.flag('rescore')) requireKeys(made, access, path);
    if (filter.withoutTags?.includes(HOLDOUT)) noteHoldout(rows, path, context.terminal);
    const { model, close } = await openModel(input, access, isReplay, args.flag('record'));
    return new EvalSession(
      input,
      args,
      made,
      await portsFor(made, input, access, isReplay, model),
      access,
      close,
    );
  }

  announce(terminal: Terminal): void {
    printForecast(this.path, this.plan, this.#forecast, this.#args.flag('replay'), terminal);
  }

  /** Asks on a terminal when it costs; without one, says why not and answers no when it is over the limit. */
  async confirm({ terminal, signal }: CommandContext): Promise<boolean> {
    if (this.#args.flag('replay') || this.#args.flag('rescore')) return true;
    const expected = this.#forecast.cost?.median;
    if (expected !== undefined && this.#maxCost !== undefined && expected > this.#maxCost) {
      terminal.note(
        `promptsmith: ${this.path}: the run would cost ≈ ${dollars(expected)}, over the limit of ${dollars(this.#maxCost)}: raise --max-cost, or choose cases with --filter.`,
      );
      return false;
    }
    const limit = this.#input.settings.eval.confirmAbove ?? CONFIRM_ABOVE;
    if (
      this.#args.flag('yes') ||
      !terminal.isInteractive ||
      (expected !== undefined && expected <= limit)
    )
      return true;
    const prompter = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await prompter.question(`Run for ≈ ${dollarsOrUnknown(expected)}? [y/N] `, {
        signal,
      });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      prompter.close();
    }
  }

  async run({ terminal, signal }: CommandContext): Promise<EvalOutcome> {
    const problem = runProblem(this.plan, this.ports, { signal, ...this.#limits() });
    if (problem !== null) throw new UsageError(`${this.path}: ${problem}.`);
    const { store } = this;
    const { header, earlier, report } = await this.#begin(store);
    const writer = earlier
      ? await store.reopen(header.promptId, header.id)
      : await store.create(header);
    const log = new CaseLog();
    const events = run(this.plan, header, this.ports, {
      signal,
      concurrency: (provider) =>
        this.#args.number('concurrency') ??
        this.#access.concurrency(provider) ??
        this.#input.settings.eval.concurrency ??
        4,
      requestsPerMinute: (provider) => this.#access.requestsPerMinute(provider),
      ...this.#limits(),
      ...(earlier ? { earlier } : {}),
    });
    const started = performance.now();
    try {
      for await (const event of stored(events, writer, report)) {
        log.add(event);
        if (event.t === 'score')
          terminal.status(progressLine(this.path, report, performance.now() - started));
      }
    } finally {
      terminal.status('');
      this.#close();
    }
    const summary = report.summary();
    if (!summary) throw new Error('a run without a beginning');
    const cases = inFileOrder(report.cases(this.plan.cases), this.plan);
    const must = new Set(this.plan.cases.filter((one) => one.must).map(({ id }) => id));
    const acceptance = judgeAcceptance(this.plan.document.acceptance, summary, cases, must);
    // A key that is misspelt demands nothing: then every case has to pass.
    const hasAcceptance = acceptance?.parts.some(({ name }) => name !== 'must') ?? false;
    return { summary, cases, log, acceptance, hasAcceptance };
  }

  #limits(): { maxCost?: number; allowUnknownCost?: boolean } {
    const allowed =
      this.#args.flag('allow-unknown-cost') ||
      this.#args.flag('replay') ||
      this.#args.flag('rescore');
    return {
      ...(this.#maxCost === undefined ? {} : { maxCost: this.#maxCost }),
      allowUnknownCost: allowed,
    };
  }

  /** A new run, or the one to go on with. */
  async #begin(store: RunStore): Promise<{ header: RunHeader; earlier?: Earlier; report: Report }> {
    const { prompt } = this.#input;
    const path = pathInProject(this.#input);
    const id = promptId(path, prompt.id);
    if (this.#args.flag('resume') || this.#args.flag('retry-errors') || this.#args.flag('rescore'))
      return await this.#resume(store, id);
    const now = new Date();
    const { hashes, models, repeat, seed, judge, cases } = this.plan;
    const header: RunHeader = {
      id: runId(now, Math.random()),
      promptId: id,
      path,
      hashes,
      models: models.map((model) => model.id),
      ...(judge === null ? {} : { judge }),
      origins: [...new Set(models.map(({ origin }) => origin))],
      repeat,
      seed,
      tool: `promptsmith ${version}`,
      at: now.toISOString(),
      replay: this.#args.flag('replay'),
      cases: cases.length,
    };
    return { header, report: new Report() };
  }

  async #resume(
    store: RunStore,
    id: string,
  ): Promise<{ header: RunHeader; earlier: Earlier; report: Report }> {
    const wanted = this.#args.text('resume') ?? '';
    const runs = await store.list(id);
    const rescore = this.#args.flag('rescore');
    const retryErrors = this.#args.flag('retry-errors');
    const last = runs.find(({ id: run, summary }) =>
      wanted === '' ? rescore || retryErrors || summary?.end !== 'done' : run === wanted,
    );
    if (!last)
      throw new UsageError(
        wanted === ''
          ? `${this.path}: no unfinished run to go on with.`
          : `${this.path}: no run ${wanted}.`,
      );
    const resumed = await resumeRun(store, { promptId: id, id: last.id }, this.plan.hashes, {
      rescore,
      retryErrors,
    }).catch((error: Error) => ({ error: error.message }));
    if ('error' in resumed) throw new UsageError(`${this.path}: ${resumed.error}.`);
    return resumed;
  }
}

/** Cases that do not run are said to be left out. */
function noteHoldout(rows: readonly Row[], path: string, terminal: Terminal): void {
  const held = rows.filter(({ meta }) => meta.tags.includes(HOLDOUT)).length;
  if (held > 0)
    terminal.note(`${path}: ${plural(held, 'holdout case')} left out; --holdout runs them too`);
}

/** Cases end in any order; reports show them as the file does. */
function inFileOrder(cases: readonly CaseSummary[], { cases: planned }: Plan): CaseSummary[] {
  const place = new Map(planned.map(({ id }, i) => [id, i]));
  return [...cases].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
