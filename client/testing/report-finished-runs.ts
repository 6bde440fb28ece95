import { type Disposable, Uri } from 'vscode';
import type { LanguageServer } from '../language-client.ts';
import type { PromptEvaluator } from './prompt-evaluator.ts';

/** Tells the server of each stored run: VS Code's watchers miss the first one of a new folder. */
export function reportFinishedRuns(
  evals: Pick<PromptEvaluator, 'onDidFinish'>,
  server: Pick<LanguageServer, 'fileChanged'>,
): Disposable {
  return evals.onDidFinish(({ finished }) => {
    const { root } = finished.prepared.input.project;
    const { promptId, id } = finished.outcome.summary.run;
    const folder = Uri.joinPath(Uri.file(root), '.promptsmith', 'runs');
    void server.fileChanged(Uri.joinPath(folder, promptId, id, 'summary.json'));
  });
}
