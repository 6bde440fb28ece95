import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { LanguageServer } from '../language-client.ts';
import type { LazyPlayground } from '../playground/lazy-playground.ts';
import type { Preview } from '../preview/preview.ts';
import type { PromptsView } from '../prompts/prompts-view.ts';
import type { LazyRegistry } from '../registry/lazy-registry.ts';
import type { ResultsPanel } from '../results/results-panel.ts';
import type { EvalRunner } from '../testing/eval-runner.ts';

/** What commands work with. */
export interface CommandContext {
  readonly extension: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: LanguageServer;
  readonly prompts: PromptsView;
  readonly keys: ApiKeys;
  readonly playground: LazyPlayground;
  readonly preview: Preview;
  readonly evals: EvalRunner;
  readonly results: ResultsPanel;
  readonly registry: LazyRegistry;
}

/** One command of the palette or of a view. */
export interface Command {
  /** As in the manifest. */
  readonly id: string;
  run(context: CommandContext, ...args: readonly unknown[]): unknown;
}
