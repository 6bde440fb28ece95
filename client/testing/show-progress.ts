import { type CancellationToken, ProgressLocation, window } from 'vscode';

/** Shows a notification that can cancel while evals run; `report` replaces its text. */
export async function withProgress<T>(
  run: (report: (text: string) => void, token: CancellationToken) => Promise<T>,
): Promise<T> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Evaluating', cancellable: true },
    (progress, token) => run((message) => progress.report({ message }), token),
  );
}
