import {
  type Disposable,
  type LogOutputChannel,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { selector } from '../selector.ts';
import { canRunOnSave } from './can-run-on-save.ts';
import type { EvalRunner } from './eval-runner.ts';

/**
 * Evaluates prompts when they are saved, if they are expected to cost at most `promptsmith.eval.onSave`
 * USD. Shows no notification: the results appear in the Test Explorer, the gutter and the hint.
 */
export function runOnSave(evals: EvalRunner, log: LogOutputChannel): Disposable {
  const waiting = new Map<string, TextDocument>();
  let isRunning = false;
  const work = async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      for (const [key, document] of waiting) {
        waiting.delete(key);
        const limit = readLimit(document);
        if (limit !== null) await evals.evaluate([document.uri], { quietUpTo: limit });
      }
    } catch (error) {
      log.error('The evaluation on save stopped:', error instanceof Error ? error : String(error));
    } finally {
      isRunning = false;
    }
  };
  return workspace.onDidSaveTextDocument((document) => {
    if (readLimit(document) === null || languages.match(selector, document) === 0) return;
    if (!canRunOnSave(document.getText())) return;
    waiting.set(document.uri.toString(), document);
    void work();
  });
}

/** USD that an evaluation on save may cost; null: none runs on save. */
function readLimit({ uri }: TextDocument): number | null {
  return workspace.getConfiguration('promptsmith', uri).get<number | null>('eval.onSave', null);
}
