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
  ): Promise<EvaluatedPrompt[]> {
    const items = await Promise.all(uris.map((uri) => this.#tree.itemOf(uri)));
    const wanted = items.flatMap((item) => {
      const cases = this.#tree.casesOf(item);
      return ids ? [...ids].flatMap((id) => cases.get(id) ?? []) : [item];
    });
    const isQuiet = options.quietUpTo !== undefined;
    const request = new TestRunRequest(wanted, undefined, undefined, false, isQuiet);
    return await this.run(request, options, token);
  }

  /** Runs what the Test Explorer requests. Does not reject for what the user can fix: that is shown. */
  async run(
    request: TestRunRequest,
    options: EvalRunOptions = {},
    token?: CancellationToken,
  ): Promise<EvaluatedPrompt[]> {
    if (!workspace.isTrusted) {
      if (options.quietUpTo === undefined) await showUntrusted();
      return [];
    }
    const result = await this.#runTargets(request, options, token);
    if (!('blocker' in result)) return result;
    const fixed = await offerFix(result.blocker, result.target.uri, this.#keys);
    return fixed ? await this.run(request, { ...options, ...fixed }, token) : [];
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
    {
      baseline = { kind: 'default', runs: false },
      options = {},
      retryErrors = false,
    }: EvalRunOptions,
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
    const wanted = { ids, baseline, options, retryErrors };
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
