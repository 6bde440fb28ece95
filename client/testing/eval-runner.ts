import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  TestMessage,
  type TestRun,
  TestRunRequest,
  type Uri,
  workspace,
} from 'vscode';
import type { EvalRequest, FinishedEval, ReadyEval } from '#app/eval/prepare-eval.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { CaseReporter } from './case-reporter.ts';
import { confirmRun, overBudget } from './confirm-run.ts';
import type { EvalManner } from './eval-manner.ts';
import { EvalProgress } from './eval-progress.ts';
import { offerRemedy, sayUntrusted, type Trouble } from './offer-remedy.ts';
import type { EvaluatedPrompt, PromptEvaluator } from './prompt-evaluator.ts';
import { promptFile } from './prompt-text.ts';
import { beginning, ending } from './run-text.ts';
import type { EvalTarget, TestTree } from './test-tree.ts';

type Evaluator = typeof import('../on-demand.ts');

/** Runs golden cases and shows each in the Test Explorer as it comes in. */
export class EvalRunner implements PromptEvaluator, Disposable {
  readonly #tree: TestTree;
  readonly #keys: ApiKeys;
  readonly #extension: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #finished = new EventEmitter<EvaluatedPrompt>();
  readonly #running = new Set<AbortController>();

  readonly onDidFinish = this.#finished.event;

  constructor(tree: TestTree, keys: ApiKeys, extension: ExtensionContext, log: LogOutputChannel) {
    this.#tree = tree;
    this.#keys = keys;
    this.#extension = extension;
    this.#log = log;
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Ends every run; what is finished is kept. */
  cancel(): void {
    for (const running of this.#running) running.abort();
  }

  dispose(): void {
    this.cancel();
    this.#finished.dispose();
  }

  /** Evaluates prompts by their files, whole or the cases of these ids. */
  async evaluate(
    uris: readonly Uri[],
    manner: EvalManner = {},
    ids?: ReadonlySet<string>,
    token?: CancellationToken,
  ): Promise<EvaluatedPrompt[]> {
    const items = await Promise.all(uris.map((uri) => this.#tree.itemOf(uri)));
    const wanted = items.flatMap((item) => {
      const cases = this.#tree.casesOf(item);
      return ids ? [...ids].flatMap((id) => cases.get(id) ?? []) : [item];
    });
    const isQuiet = manner.quietUpTo !== undefined;
    const request = new TestRunRequest(wanted, undefined, undefined, false, isQuiet);
    return await this.run(request, manner, token);
  }

  /** Runs what the Test Explorer asks for. Never rejects for what the user can mend: that is shown. */
  async run(
    request: TestRunRequest,
    manner: EvalManner = {},
    token?: CancellationToken,
  ): Promise<EvaluatedPrompt[]> {
    if (!workspace.isTrusted) {
      if (manner.quietUpTo === undefined) await sayUntrusted();
      return [];
    }
    const targets = await this.#tree.targetsOf(request);
    const again = await this.#runTargets(request, targets, manner, token);
    if ('done' in again) return again.done;
    return await this.run(request, { ...manner, ...again.manner }, token);
  }

  async #runTargets(
    request: TestRunRequest,
    targets: readonly EvalTarget[],
    manner: EvalManner,
    token: CancellationToken | undefined,
  ): Promise<{ done: EvaluatedPrompt[] } | { manner: EvalManner }> {
    const run = this.#tree.controller.createTestRun(request);
    const abort = new AbortController();
    const listeners = Disposable.from(
      run.token.onCancellationRequested(() => abort.abort()),
      token?.onCancellationRequested(() => abort.abort()) ?? Disposable.from(),
    );
    this.#running.add(abort);
    const ready: { readonly target: EvalTarget; readonly one: ReadyEval }[] = [];
    const evaluator = await import('../on-demand.ts');
    try {
      const troubles: Trouble[] = [];
      for (const target of targets) {
        const made = await this.#prepare(evaluator, target, manner, abort.signal);
        if (made && 'trouble' in made && manner.quietUpTo !== undefined)
          this.#log.info(`Not evaluated on save: ${made.trouble}`);
        else if (made && 'trouble' in made) {
          troubles.push(made);
          run.appendOutput(lines(made.trouble));
          run.errored(target.item, new TestMessage(made.trouble));
        } else if (made) ready.push({ target, one: made });
      }
      const [trouble] = troubles;
      if (ready.length === 0 && trouble) {
        run.end();
        const remedy = await offerRemedy(trouble, this.#keys);
        return remedy ? { manner: remedy } : { done: [] };
      }
      if (!(await this.#isWanted(ready, manner))) return { done: [] };
      const done: EvaluatedPrompt[] = [];
      for (let next = ready.shift(); next && !abort.signal.aborted; next = ready.shift()) {
        const finished = await this.#runOne(evaluator, run, next, manner, abort.signal);
        if (!finished) continue;
        const evaluated = { uri: next.target.uri, ready: next.one, finished };
        done.push(evaluated);
        this.#finished.fire(evaluated);
      }
      return { done };
    } finally {
      for (const { one } of ready) evaluator.closeEval(one);
      this.#running.delete(abort);
      listeners.dispose();
      run.end();
    }
  }

  /** Null when it is left out without a word. */
  async #prepare(
    evaluator: Evaluator,
    { uri, ids }: EvalTarget,
    { baseline = { kind: 'default', runs: false }, options = {}, retryErrors = false }: EvalManner,
    signal: AbortSignal,
  ): Promise<ReadyEval | Trouble | null> {
    const prompt = await promptFile(uri);
    if (!prompt) return { trouble: 'Only prompts on disk can be evaluated.', uri };
    const { version } = this.#extension.extension.packageJSON;
    const world = {
      env: process.env,
      tool: `promptsmith ${version}`,
      openAccess: (project: Parameters<Evaluator['openAccess']>[1]) =>
        evaluator.openAccess(this.#keys, project),
      openRegistry: (project: Parameters<Evaluator['storedRegistry']>[1]) =>
        evaluator.storedRegistry(this.#keys, project),
    };
    const request: EvalRequest = { ...prompt, ids, baseline, options, retryErrors };
    const made = await evaluator.tryPrepareEval(request, world, signal);
    if (made.kind === 'blocked') {
      const { reason, remedy } = made;
      return { trouble: reason, uri, ...(remedy === undefined ? {} : { remedy }) };
    }
    const one = made.ready;
    const over = one.estimate.isFree
      ? null
      : overBudget(one.estimate, await this.#month(evaluator, uri, one));
    if (over === null) return one;
    evaluator.closeEval(one);
    return { trouble: `${one.session.path}: ${over}`, uri };
  }

  async #isWanted(
    ready: readonly { readonly target: EvalTarget; readonly one: ReadyEval }[],
    { quietUpTo }: EvalManner,
  ): Promise<boolean> {
    const estimates = ready.map(({ one }) => one.estimate);
    if (quietUpTo !== undefined)
      return estimates.every(({ isFree, cost }) => isFree || (cost !== null && cost <= quietUpTo));
    const prompts = ready.map(({ target: { uri }, one }) => ({ uri, name: one.session.path }));
    return (
      ready.length > 0 && (await confirmRun(prompts, estimates, this.#extension.workspaceState))
    );
  }

  /** Null when the run failed; that is shown. */
  async #runOne(
    evaluator: Evaluator,
    run: TestRun,
    { target: { item }, one }: { readonly target: EvalTarget; readonly one: ReadyEval },
    { progress = () => {} }: EvalManner,
    signal: AbortSignal,
  ): Promise<FinishedEval | null> {
    const { session } = one;
    const { plan } = session;
    const cases = this.#tree.casesOf(item);
    run.appendOutput(lines(beginning(one)));
    run.started(item);
    for (const id of one.ids) {
      const wanted = cases.get(id);
      if (wanted) run.enqueued(wanted);
    }
    const calls = plan.repeat * plan.models.length;
    const reporter = new CaseReporter(run, cases, calls);
    const all = calls * plan.cases.length * (one.baseline?.kind === 'to-run' ? 2 : 1);
    const counter = new EvalProgress(all, Date.now(), (text) =>
      progress(`${session.path}: ${text}`),
    );
    try {
      const finished = await evaluator.runEval(one, signal, (event, isBaseline) => {
        if (!isBaseline) reporter.add(event);
        if (event.t === 'answer') counter.add(event.cached ? 0 : event.cost, Date.now());
      });
      if (finished.outcome.summary.end === 'done') reporter.finish();
      run.appendOutput(lines(ending(finished, one.baselineName)));
      return finished;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error(`The eval of ${one.session.path} stopped:`, message);
      run.errored(item, new TestMessage(message));
      run.appendOutput(lines(message));
      return null;
    }
  }

  async #month(
    evaluator: Evaluator,
    uri: Uri,
    one: ReadyEval,
  ): Promise<{ budget: number; spent: number } | null> {
    const settings = workspace.getConfiguration('promptsmith', uri);
    const budget = settings.get<number | null>('budget.month');
    if (budget == null) return null;
    const now = new Date();
    const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
    return { budget, spent: await evaluator.spentSince(one, month) };
  }
}

/** A test run's output is a terminal. */
function lines(text: string): string {
  return `${text.replace(/\r?\n/g, '\r\n')}\r\n`;
}
