import {
  type Disposable,
  type LogOutputChannel,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';
import { selector } from '../selector.ts';
import type { EvalRunner } from './eval-runner.ts';

/**
 * Evaluates cheap prompts when they are saved, where the setting `promptsmith.eval.onSave` says what is
 * cheap. Without a word: what came out stands in the Test Explorer, the gutter and the hint.
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
        const limit = limitOf(document);
        if (limit !== null) await evals.evaluate([document.uri], { quietUpTo: limit });
      }
    } catch (error) {
      log.error('The evaluation on save stopped:', error instanceof Error ? error : String(error));
    } finally {
      isRunning = false;
    }
  };
  return workspace.onDidSaveTextDocument((document) => {
    if (limitOf(document) === null || !hasGoldenCases(document)) return;
    waiting.set(document.uri.toString(), document);
    void work();
  });
}

/** USD that an evaluation may be expected to cost; null: none runs on save. */
function limitOf({ uri }: TextDocument): number | null {
  return workspace.getConfiguration('promptsmith', uri).get<number | null>('eval.onSave', null);
}

function hasGoldenCases(document: TextDocument): boolean {
  if (languages.match(selector, document) === 0) return false;
  const { kind, broken, rows, testFiles, evaluators } = parsePrompt(document.getText());
  return (
    kind === 'prompt' && !broken && rows.length + testFiles.length > 0 && evaluators.length > 0
  );
}
