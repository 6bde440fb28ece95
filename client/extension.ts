import { type ExtensionContext, window } from 'vscode';
import { AnswerDocuments } from './answer-documents.ts';
import { COMMANDS } from './commands/index.ts';
import { resumeExamples } from './examples.ts';
import { ApiKeys } from './keys/api-keys.ts';
import { LanguageServer } from './language-client.ts';
import { LazyPlayground } from './playground/lazy-playground.ts';
import { Preview } from './preview/preview.ts';
import { createPromptStatus } from './prompt-status.ts';
import { PromptsView } from './prompts/prompts-view.ts';
import { registerCommands } from './register-commands.ts';
import { LazyRegistry } from './registry/lazy-registry.ts';
import { ResultsPanel } from './results/results-panel.ts';
import { provideRulePages } from './rule-pages.ts';
import { createServerStatus } from './server-status.ts';
import { SessionCost } from './session-cost.ts';
import { EvalRunner } from './testing/eval-runner.ts';
import { reportFinishedRuns } from './testing/report-finished-runs.ts';
import { runOnSave } from './testing/run-on-save.ts';
import { createTestProfiles } from './testing/test-profiles.ts';
import { TestTree } from './testing/test-tree.ts';

/** VS Code does not wait for subscriptions to be disposed, so the server is stopped separately. */
let stop: (() => Promise<void>) | undefined;

/** Joins the parts of the extension. Nothing here waits: the server starts in the background. */
export function activate(extension: ExtensionContext): void {
  const log = window.createOutputChannel('Promptsmith', { log: true });
  const server = new LanguageServer({
    module: extension.asAbsolutePath('dist/server.cjs'),
    log,
    commands: COMMANDS.map(({ id }) => id),
  });
  const memory = extension.workspaceState;
  const prompts = new PromptsView(server, memory);
  const preview = new Preview(server, extension.extensionUri);
  const keys = new ApiKeys(extension.secrets, extension.globalState);
  const tree = new TestTree(prompts, log);
  const spent = new SessionCost();
  const evals = new EvalRunner(tree, { keys, extension, log, spent });
  const registry = new LazyRegistry({ server, keys, prompts, evals, memory, log });
  const answers = new AnswerDocuments();
  const playground = new LazyPlayground(extension, keys, answers, spent);
  const results = new ResultsPanel(tree, evals, answers, extension.extensionUri);
  extension.subscriptions.push(
    answers,
    spent,
    playground,
    registry,
    prompts,
    preview,
    tree,
    evals,
    results,
    createTestProfiles(tree, evals),
    runOnSave(evals, log),
    reportFinishedRuns(evals, server),
    createServerStatus(server),
    createPromptStatus(server),
    provideRulePages(extension.extensionUri),
    registerCommands(COMMANDS, {
      extension,
      log,
      server,
      prompts,
      keys,
      preview,
      playground,
      evals,
      results,
      registry,
    }),
  );
  stop = async () => {
    await server.dispose();
    log.dispose();
  };
  void server.start();
  void resumeExamples(extension).catch((error: unknown) =>
    log.warn('The example workspace could not be shown:', String(error)),
  );
}

/** Ends the server while there is still a log to write to. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
