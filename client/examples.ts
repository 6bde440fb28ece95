import { commands, type ExtensionContext, Uri, ViewColumn, window, workspace } from 'vscode';

const FOLDER = 'promptsmith-examples';
const WALKTHROUGH = 'promptsmith.promptsmith#getStarted';

/** The file to show once the window with the examples is open. */
const NEXT = 'promptsmith.examples.next';

/**
 * Opens a copy of the examples, since an update replaces the originals in the extension's folder. With
 * `file`, that file is shown and the walkthrough continues next to it.
 */
export async function openExamples(extension: ExtensionContext, file?: string): Promise<void> {
  const folder = findExamplesFolder(extension);
  if (!(await exists(folder)))
    await workspace.fs.copy(Uri.joinPath(extension.extensionUri, 'examples'), folder);
  if (isOpen(folder)) return await show(Uri.joinPath(folder, file ?? 'README.md'));
  await extension.globalState.update(NEXT, file ?? 'README.md');
  const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: !isEmpty });
}

/** Continues in the window that was opened for the examples. */
export async function resumeExamples(extension: ExtensionContext): Promise<void> {
  const file = extension.globalState.get<string>(NEXT);
  const folder = findExamplesFolder(extension);
  if (file === undefined || !isOpen(folder)) return;
  await extension.globalState.update(NEXT, undefined);
  if (file !== 'README.md') await openWalkthrough(extension);
  await show(Uri.joinPath(folder, file));
}

/**
 * Opens the walkthrough and makes sure that it stays: a new window may replace it with its own welcome page
 * a moment later, and the command does nothing while that page shows another walkthrough.
 */
async function openWalkthrough({ extension: { packageJSON } }: ExtensionContext): Promise<void> {
  const { title } = packageJSON.contributes.walkthroughs[0];
  let stayed = 0;
  for (let tries = 0; tries < 8 && stayed < 2; tries++) {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    // The tab of a walkthrough has no input; only its label identifies it.
    const shown = tabs.filter(({ input }) => input === undefined);
    if (shown.some(({ label }) => label.includes(title))) stayed++;
    else {
      stayed = 0;
      await window.tabGroups.close(shown);
      await commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

async function show(uri: Uri): Promise<void> {
  if (!(await exists(uri))) {
    const name = workspace.asRelativePath(uri);
    await window.showWarningMessage(`${name} is no longer in the example workspace.`);
  } else if (uri.path.endsWith('.md')) {
    await commands.executeCommand('markdown.showPreview', uri);
  } else {
    // In the group that shows text already, else next to the walkthrough.
    const { tabs } = window.tabGroups.activeTabGroup;
    const free = tabs.length === 0 ? ViewColumn.Active : ViewColumn.Beside;
    const viewColumn = window.visibleTextEditors.find((one) => one.viewColumn)?.viewColumn ?? free;
    await window.showTextDocument(uri, { viewColumn });
  }
}

function findExamplesFolder({ globalStorageUri }: ExtensionContext): Uri {
  return Uri.joinPath(globalStorageUri, FOLDER);
}

function isOpen(folder: Uri): boolean {
  return (workspace.workspaceFolders ?? []).some(({ uri }) => uri.path === folder.path);
}

async function exists(uri: Uri): Promise<boolean> {
  return await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
