import { env, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { PromptFile } from '#app/prompt/open-input.ts';
import type { ExportFormat } from '../testing/run-results.ts';

interface Format extends QuickPickItem {
  readonly format: ExportFormat;
  readonly ending: string;
}

/** Writes a stored run where somebody wants it; a page is shown in the browser. */
export async function exportResults(prompt: PromptFile, run: string): Promise<void> {
  const formats: readonly Format[] = [
    {
      label: 'HTML',
      description: 'one page without scripts, opened in the browser',
      format: 'html',
      ending: 'html',
    },
    {
      label: 'CSV',
      description: 'a row for each call, with its answer',
      format: 'csv',
      ending: 'csv',
    },
    {
      label: 'JUnit',
      description: 'a test case for each call, for CI systems',
      format: 'junit',
      ending: 'xml',
    },
    {
      label: 'JSON',
      description: 'the run in numbers, with its cases',
      format: 'json',
      ending: 'json',
    },
  ];
  const chosen = await window.showQuickPick(formats, { title: 'Export the results as' });
  if (!chosen) return;
  const { exportRun } = await import('../on-demand.ts');
  const text = await exportRun(prompt, run, chosen.format);
  const target = await window.showSaveDialog({
    defaultUri: Uri.joinPath(Uri.file(prompt.cwd), `${run}.${chosen.ending}`),
    filters: { [chosen.label]: [chosen.ending] },
  });
  if (!target) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  // A browser shows only what lies on its own machine.
  const isHere = env.remoteName === undefined && target.scheme === 'file';
  if (chosen.format === 'html' && isHere) await env.openExternal(target);
}
