import { env, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { PromptFile } from '#app/prompt/open-input.ts';
import type { ExportFormat } from '../testing/export-run.ts';

interface Format extends QuickPickItem {
  readonly format: ExportFormat;
  readonly ending: string;
}

/** Exports a stored run to a file that the user chooses. An HTML page also opens in the browser. */
export async function exportResults(prompt: PromptFile, run: string): Promise<void> {
  const formats: readonly Format[] = [
    {
      label: 'HTML',
      description: 'single page without scripts, opens in the browser',
      format: 'html',
      ending: 'html',
    },
    {
      label: 'Markdown',
      description: 'for a pull request or release notes',
      format: 'markdown',
      ending: 'md',
    },
    {
      label: 'CSV',
      description: 'one row per call, with the answer',
      format: 'csv',
      ending: 'csv',
    },
    {
      label: 'JUnit',
      description: 'one test case per call, for CI systems',
      format: 'junit',
      ending: 'xml',
    },
    {
      label: 'JSON',
      description: 'summary, and cases with their answers',
      format: 'json',
      ending: 'json',
    },
  ];
  const chosen = await window.showQuickPick(formats, { title: 'Export results as' });
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
