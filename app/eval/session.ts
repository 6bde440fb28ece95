import { join } from 'node:path';
import { createRunId, derivePromptId } from '#core/eval/ids.ts';
import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { type AcceptanceResult, judgeAcceptance } from '#core/eval/report/acceptance.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { type CaseSummary, Report, type Summary } from '#core/eval/report/report.ts';
import { estimateRun, type RunEstimate } from '#core/eval/run/estimate-run.ts';
import { Redaction, redactEvent, redactScores } from '#core/eval/run/redaction.ts';
import { run } from '#core/eval/run/run.ts';
import { type EarlierPart, findRunProblem } from '#core/eval/run/run-options.ts';
import type { StopRule } from '#core/eval/run/stop-rule.ts';
import type { RunEvent, RunHeader } from '#core/eval/run-event.ts';
import type { Row } from '#core/prompt/document.ts';
import { UserError } from '#core/user-error.ts';
import type { ResponseCache } from '#io/models/response-cache.ts';
import { RunStore, stored } from '#io/runs/run-store.ts';
import type { RunWriter } from '#io/runs/run-writer.ts';
import { secretsHidden } from '#io/secrets.ts';
import { ModelAccess } from '../models/access.ts';
import { collectRows, type PromptInput, pathInProject } from '../prompt/prompt-input.ts';
import type { EvalOptions, EvalWorld } from './options.ts';
import { resumeRun } from './resume-run.ts';
import {
  checkShard,
  checkSize,
  derivedIn,
  HOLDOUT,
  inFileOrder,
  modelsOf,
  notKept,
  openCache,
  openModel,
  portsFor,
  requireKeys,
  shardIn,
  targetOf,
} from './setup.ts';

/** Asked about above this many dollars, where the settings say nothing. */
const CONFIRM_ABOVE = 0.1;

export interface EvalOutcome {
  readonly summary: Summary;
  /** In the order of the file. */
  readonly cases: readonly CaseSummary[];
  readonly log: CaseLog;
  readonly acceptance: AcceptanceResult | null;
  /** The file has `acceptance`: it decides, and not that a case failed. */
  readonly hasAcceptance: boolean;
}

/** One prompt's eval: prepared before anything is called, then run. */
export class EvalSession {
  /** As reports show the file. */
  readonly path: string;
  readonly input: PromptInput;
  readonly plan: Plan;
  readonly ports: RunPorts;
  /** Where the project's runs are kept. */
  readonly store: RunStore;
  readonly forecast: RunEstimate;
  /** What the project does not let be stored; null when it says nothing. */
  readonly redaction: Redaction | null;
  /** A text about the run without the secrets of the prompt. */
  readonly hidden: (text: string) => string;
  /** USD; the lowest limit that somebody set. */
  readonly maxCost: number | undefined;
  readonly #options: EvalOptions;
  readonly #tool: string;
  readonly #access: ModelAccess;
  readonly #cache: ResponseCache | null;
  readonly #close: () => void;
  private constructor(
    input: PromptInput,
    options: EvalOptions,
    tool: string,
    made: Plan,
    ports: RunPorts,
    access: ModelAccess,
    cache: ResponseCache | null,
    close: () => void,
    hidden: (text: string) => string,
  ) {
    this.path = input.path;
    this.input = input;
    this.plan = made;
    this.ports = ports;
    this.store = new RunStore(join(input.project.root, '.promptsmith'));
    this.forecast = estimateRun(
      made,
      ports,
      cache ? { isCached: (request) => cache.has(request) } : {},
    );
    const redacted = input.settings.runs.redact ?? [];
    this.redaction = redacted.length === 0 ? null : new Redaction(redacted, made);
    this.#options = options;
    this.#tool = tool;
    this.#access = access;
    this.#cache = cache;
    this.#close = close;
    this.hidden = hidden;
    const limits = [options.maxCost, input.prompt.budget?.maxCostPerRun].filter(
      (limit) => limit !== undefined,
    );
    this.maxCost = limits.length === 0 ? undefined : Math.min(...limits);
  }

  /** Finds model, key, prices and token tables. Throws UserError for what is missing; calls nothing. */
  static async prepare(
    input: PromptInput,
    options: EvalOptions,
    world: EvalWorld,
  ): Promise<EvalSession> {
    const { settings, project, prompt, path } = input;
    const { env, trusted = [] } = world;
    const { root } = project;
    const open = world.openAccess ?? ((of) => ModelAccess.open({ ...of, env, trusted }));
    const access = await open({ root, settings }).catch((error: Error) => {
      throw new UserError(error.message);
    });
    if (input.tests.problems.some(({ severity }) => severity === 'error'))
      throw new UserError(
        `${path}: its test files have errors (see above): cases would be missing.`,
      );
    if (options.record && (settings.runs.redact ?? []).length > 0)
      throw new UserError(
        `${path}: recordings hold whole answers, and \`runs.redact\` lets the values of ${settings.runs.redact?.join(', ')} not be stored.`,
      );
    const isReplay = options.replay ?? false;
    const judge = options.judge ?? settings.eval.judge;
    const made = createPlan(prompt, {
      rows: collectRows(input),
      models: modelsOf(prompt, options, path).map((id) => targetOf(id, access, isReplay, path)),
      repeat: options.repeat ?? settings.eval.repeat ?? 1,
      seed: options.seed ?? 0,
      filter: options.filter ?? {},
      ...(options.allowMissing ? { allowMissing: true } : {}),
      ...(judge === undefined ? {} : { judge }),
      ...(options.compat ? { compat: options.compat } : {}),
    });
    checkSize(made, path);
    if (!isReplay && !options.again?.rescore) requireKeys(made, access, path);
    const { model, close } = await openModel(input, access, isReplay, options.record ?? false);
    const cache = openCache(input, options);
    const ports = await portsFor(made, input, access, isReplay, model, cache, world.knowledge);
    const hidden = await secretsHidden(prompt);
    return new EvalSession(input, options, world.tool, made, ports, access, cache, close, hidden);
  }

  /** How many cases there are to run. */
  get cases(): number {
    return this.plan.cases.length;
  }

  /** Answers come from recordings: nothing is called and nothing is spent. */
  get isReplay(): boolean {
    return this.#options.replay ?? false;
  }

  /** No call of the model under test is made. */
  get isFree(): boolean {
    return this.isReplay || (this.#options.again?.rescore ?? false);
  }

  /** USD; a run that is expected to cost more is asked about. */
  get confirmAbove(): number {
    return this.input.settings.eval.confirmAbove ?? CONFIRM_ABOVE;
  }

  /** Holdout cases that do not run. */
  get heldOut(): readonly Row[] {
    if (!this.#options.filter?.withoutTags?.includes(HOLDOUT)) return [];
    return collectRows(this.input).filter(({ meta }) => meta.tags.includes(HOLDOUT));
  }

  /** Why new answers could not be kept for later runs; null when all is well. */
  get cacheProblem(): string | null {
    return this.#cache?.problem ?? null;
  }

  /** Throws UserError when it cannot begin. `each` sees every event when it is stored. */
  async run(
    signal: AbortSignal,
    each: (event: RunEvent, report: Report) => void = () => {},
    stop?: StopRule,
  ): Promise<EvalOutcome> {
    const limits = this.#limits();
    const problem = findRunProblem(this.plan, this.ports, { signal, ...limits });
    if (problem !== null) throw new UserError(`${this.path}: ${problem}.`);
    const { store } = this;
    const { header, earlier, report } = await this.#begin();
    const writer = await (earlier
      ? store.reopen(header.promptId, header.id)
      : store.create(header)
    ).catch((error: Error) => {
      throw new UserError(notKept(this.path, error));
    });
    const log = new CaseLog();
    const events = run(this.plan, header, this.ports, {
      signal,
      concurrency: (provider) =>
        this.#options.concurrency ??
        this.#access.concurrency(provider) ??
        this.input.settings.eval.concurrency ??
        4,
      requestsPerMinute: (provider) => this.#access.requestsPerMinute(provider),
      ...limits,
      ...(earlier ? { earlier } : {}),
      ...(stop ? { stop } : {}),
    });
    const masked = redactScores(events, this.hidden);
    try {
      for await (const event of stored(masked, this.#keeping(writer), report)) {
        const shown = redactEvent(event, this.hidden);
        log.add(shown);
        each(shown, report);
      }
    } finally {
      this.close();
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

  /** Writes events without the values that the project does not let be stored. */
  #keeping(writer: RunWriter): RunWriter {
    const { redaction } = this;
    if (!redaction) return writer;
    return {
      append: (event) => writer.append(redaction.redact(event)),
      close: (summary) => writer.close(summary),
    };
  }

  /** Lets go of connections. A session that is not run has to be closed. */
  close(): void {
    this.#close();
  }

  #limits(): { maxCost?: number; allowUnknownCost: boolean } {
    return {
      ...(this.maxCost === undefined ? {} : { maxCost: this.maxCost }),
      allowUnknownCost: (this.#options.allowUnknownCost ?? false) || this.isFree,
    };
  }

  /** A new run, or the one to go on with. */
  async #begin(): Promise<{ header: RunHeader; earlier?: EarlierPart; report: Report }> {
    const path = pathInProject(this.input);
    const id = derivePromptId(path, this.input.prompt.id);
    if (this.#options.again) return await this.#resume(id);
    const now = new Date();
    const { hashes, models, repeat, seed, judge, cases } = this.plan;
    const header: RunHeader = {
      id: createRunId(now, Math.random()),
      promptId: id,
      path,
      hashes,
      models: models.map((model) => model.id),
      ...(judge === null ? {} : { judge }),
      origins: [...new Set(models.map(({ origin }) => origin))],
      repeat,
      seed,
      tool: this.#tool,
      at: now.toISOString(),
      replay: this.isReplay,
      cases: cases.length,
      ...derivedIn(this.plan),
      ...shardIn(this.#options),
    };
    return { header, report: new Report() };
  }

  async #resume(id: string): Promise<{ header: RunHeader; earlier: EarlierPart; report: Report }> {
    const { run: wanted, rescore = false, retryErrors = false } = this.#options.again ?? {};
    const runs = await this.store.list(id);
    const last = runs.find(({ id: run, summary }) =>
      wanted === undefined ? rescore || retryErrors || summary?.end !== 'done' : run === wanted,
    );
    if (!last)
      throw new UserError(
        wanted === undefined
          ? `${this.path}: no unfinished run to go on with.`
          : `${this.path}: no run ${wanted}.`,
      );
    const resumed = await resumeRun(this.store, { promptId: id, id: last.id }, this.plan.hashes, {
      rescore,
      retryErrors,
      redaction: this.redaction,
      derived: derivedIn(this.plan),
    }).catch((error: Error) => ({ error: error.message }));
    if ('error' in resumed) throw new UserError(`${this.path}: ${resumed.error}.`);
    checkShard(resumed.header, shardIn(this.#options), this.path);
    return resumed;
  }
}
