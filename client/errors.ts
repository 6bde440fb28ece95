import { window } from 'vscode';

/** Shows an error's message, with buttons. Resolves with the button that was chosen. */
export async function showError(
  error: unknown,
  ...actions: readonly string[]
): Promise<string | undefined> {
  const message = error instanceof Error ? error.message : String(error);
  return await window.showErrorMessage(`Promptsmith: ${message}`, ...actions);
}

/** Whether VS Code canceled a request because the window closes; it rejects with a plain Error then. */
export function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.name === 'Canceled';
}
