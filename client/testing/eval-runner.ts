import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  TestRunRequest,
  type Uri,
  workspace,
} from 'vscode';
import type { WaitingEval } from '#app/eval/evaluate-prompt.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { SessionCost } from '../session-cost.ts';
import { readMonthLimits } from '../settings.ts';
import { confirmRun } from './confirm-run.ts';
import { areCheap } from './cost-question.ts';
import type { EvalBlocker } from './eval-blocker.ts';
import type { EvalRunOptions } from './eval-run-options.ts';
import { offerFix, showUntrusted } from './offer-fix.ts';
import type { PromptPlan } from './plan-prompt.ts';
import type { EvaluatedPrompt, PromptEvaluator } from './prompt-evaluator.ts';
import { promptFile } from './prompt-file.ts';
import { withProgress } from './show-progress.ts';
import { TestRunReporter } from './test-run-reporter.ts';
import type { EvalTarget, TestTree } from './test-tree.ts';

/** A prompt whose eval waits for its start. */
interface WaitingTarget {
  readonly target: EvalTarget;
  readonly waiting: WaitingEval;
}

interface BlockedTarget {
  readonly target: EvalTarget;
  readonly blocker: EvalBlocker;
}

/** What came of a request: finished evals, or what to do first; `fix` resolves to the evals after that. */
type Attempt =
  | { readonly done: readonly EvaluatedPrompt[] }
  | { fix(): Promise<readonly EvaluatedPrompt[]> };

/** What a runner is given. */
export interface RunnerParts {
  readonly keys: ApiKeys;
  readonly extension: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly spent: SessionCost;
}

/** Runs golden cases and shows each in the Test Explorer as it comes in. */
export class EvalRunner implements PromptEvaluator, Disposable {
  readonly #tree: TestTree;
  readonly #keys: ApiKeys;
  readonly #extension: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #spent: SessionCost;
  readonly #finished = new EventEmitter<EvaluatedPrompt>();
  readonly #running = new Set<AbortController>();

  readonly onDidFinish = this.#finished.event;

  constructor(tree: TestTree, parts: RunnerParts) {
    this.#tree = tree;
    this.#keys = parts.keys;
    this.#extension = parts.extension;
    this.#log = parts.log;
    this.#spent = parts.spent;
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Ends every run; finished cases are stored. */
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
    options: EvalRunOptions = {},
    ids?: ReadonlySet<string>,
    token?: CancellationToken,
  ): Promise<readonly EvaluatedPrompt[]> {
    const items = await Promise.all(uris.map((uri) => this.#tree.itemOf(uri)));
    const wanted = items.flatMap((item) => {
      const cases = this.#tree.casesOf(item);
      return ids ? [...ids].flatMap((id) => cases.get(id) ?? []) : [item];
    });
    const isQuiet = options.quietUpTo !== undefined;
    const request = new TestRunRequest(wanted, undefined, undefined, false, isQuiet);
    return await this.#run(request, options, token);
  }

  /**
   * Runs what the Test Explorer requests, and resolves when that has ended: until then it shows the run as
   * going on, so a question to the user is not waited for.
   */
  async start(
    request: TestRunRequest,
    options: EvalRunOptions,
    token: CancellationToken,
  ): Promise<void> {
    const result = await this.#attempt(request, options, token);
    if ('fix' in result)
      void result
        .fix()
        .catch((error: unknown) => this.#log.error('An eval failed:', String(error)));
  }

  /** Runs a request. What the user can fix is shown; if it is fixed, the request runs again. */
  async #run(
    request: TestRunRequest,
    options: EvalRunOptions,
    token?: CancellationToken,
  ): Promise<readonly EvaluatedPrompt[]> {
    const result = await this.#attempt(request, options, token);
    return 'fix' in result ? await result.fix() : result.done;
  }

  async #attempt(
    request: TestRunRequest,
    options: EvalRunOptions,
    token: CancellationToken | undefined,
  ): Promise<Attempt> {
    if (!workspace.isTrusted) {
      if (options.quietUpTo !== undefined) return { done: [] };
      return { fix: () => showUntrusted().then(() => []) };
    }
    const result = options.showsProgress
      ? await withProgress((progress, cancel) =>
          this.#runTargets(request, { ...options, progress }, cancel),
        )
      : await this.#runTargets(request, options, token);
    if (!('blocker' in result)) return { done: result };
    const { blocker, target } = result;
    return {
      fix: async () => {
        const fixed = await offerFix(blocker, target.uri, this.#keys, options.options?.models);
        // A request of its own: the results of two runs of one request would stand side by side.
        return fixed ? await this.#run(repeatRequest(request), mergeOptions(options, fixed)) : [];
      },
    };
  }

  /** The finished evals; or what blocks the first prompt, where none could start. */
  async #runTargets(
    request: TestRunRequest,
    options: EvalRunOptions,
    token: CancellationToken | undefined,
  ): Promise<EvaluatedPrompt[] | BlockedTarget> {
    const targets = await this.#tree.targetsOf(request);
    const run = this.#tree.controller.createTestRun(request);
    const abort = new AbortController();
    const listeners = Disposable.from(
      run.token.onCancellationRequested(() => abort.abort()),
      token?.onCancellationRequested(() => abort.abort()) ?? Disposable.from(),
    );
    this.#running.add(abort);
    const reporter = new TestRunReporter(run, this.#log, this.#spent);
    const ready: WaitingTarget[] = [];
    try {
      const blocked: BlockedTarget[] = [];
      for (const target of targets) {
        const plan = await this.#plan(target, options, abort.signal);
        if (plan.kind === 'waiting') ready.push({ target, waiting: plan.waiting });
        else if (options.quietUpTo !== undefined)
          this.#log.info(`Not evaluated on save: ${plan.blocker.message}`);
        else {
          blocked.push({ target, blocker: plan.blocker });
          reporter.showError(target.item, plan.blocker.message);
        }
      }
      const [first] = blocked;
      if (ready.length === 0 && first) return first;
      if (!(await this.#isConfirmed(ready, options))) return [];
      const done: EvaluatedPrompt[] = [];
      for (const { target, waiting } of ready) {
        if (abort.signal.aborted) break;
        const shown = { item: target.item, cases: this.#tree.casesOf(target.item) };
        const finished = await reporter.show(waiting, shown, options.progress);
        await this.#tree.addResults(target);
        if (!finished) continue;
        const evaluated = { uri: target.uri, planned: waiting.planned, finished };
        done.push(evaluated);
        this.#finished.fire(evaluated);
      }
      return done;
    } finally {
      for (const { waiting } of ready) await waiting.events.return();
      this.#running.delete(abort);
      listeners.dispose();
      run.end();
    }
  }

  async #plan(
    { uri, ids }: EvalTarget,
    { baseline = { kind: 'default', runs: false }, options = {}, continues }: EvalRunOptions,
    signal: AbortSignal,
  ): Promise<PromptPlan> {
    const prompt = await promptFile(uri);
    if (!prompt) {
      const message = 'Save the prompt first: only prompts on disk can be evaluated.';
      return { kind: 'blocked', blocker: { code: 'not-on-disk', message } };
    }
    const { planPrompt, openAccess, openSpending, openStoredRegistry } = await import(
      '../on-demand.ts'
    );
    const keys = this.#keys;
    const { version } = this.#extension.extension.packageJSON;
    const wanted = { ids, baseline, options, continues: continues ?? null };
    return await planPrompt(prompt, wanted, {
      world: {
        tool: `promptsmith ${version}`,
        openAccess: (project) => openAccess(keys, project),
        openRegistry: (project) => openStoredRegistry(keys, project),
        openSpending: () => openSpending(process.env, readMonthLimits(uri)),
      },
      signal,
    });
  }

  async #isConfirmed(
    ready: readonly WaitingTarget[],
    { quietUpTo }: EvalRunOptions,
  ): Promise<boolean> {
    const plans = ready.map(({ waiting }) => waiting.planned);
    const estimates = plans.map(({ estimate }) => estimate);
    if (quietUpTo !== undefined) return areCheap(estimates, quietUpTo);
    const prompts = ready.map(({ target: { uri }, waiting }) => ({
      uri,
      name: waiting.planned.prepared.path,
    }));
    return (
      ready.length > 0 && (await confirmRun(prompts, estimates, this.#extension.workspaceState))
    );
  }
}

function repeatRequest({ include, exclude, profile, preserveFocus }: TestRunRequest) {
  return new TestRunRequest(include, exclude, profile, false, preserveFocus);
}

/** What fixes a blocker adds to what was wanted: the models, such as those that are compared, stay. */
function mergeOptions(wanted: EvalRunOptions, fixed: EvalRunOptions): EvalRunOptions {
  return { ...wanted, ...fixed, options: { ...wanted.options, ...fixed.options } };
}
