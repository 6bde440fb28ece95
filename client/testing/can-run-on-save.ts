import { parsePrompt } from '#core/prompt/parse.ts';

/** Whether a prompt can be evaluated when it is saved: it is valid, and has golden cases and evaluators. */
export function canRunOnSave(text: string): boolean {
  const { kind, broken, rows, testFiles, evaluators } = parsePrompt(text);
  return (
    kind === 'prompt' && !broken && rows.length + testFiles.length > 0 && evaluators.length > 0
  );
}
