import { Uri, window, workspace } from 'vscode';
import { findActivePrompt } from '../active-prompt.ts';
import { revealMessage } from '../prompt-editor.ts';
import { LANGUAGE } from '../selector.ts';
import { parsePromptPath, renameTemplate } from '../templates/prompt-file.ts';
import { type PromptTemplate, readPromptTemplates } from '../templates/prompt-template.ts';
import type { Command } from './command.ts';

/** Creates a prompt with golden cases from a template; without a folder, an untitled file. */
export const newPrompt: Command = {
  id: 'promptsmith.newPrompt',
  async run({ extension }) {
    const template = await pickTemplate(extension.extensionUri);
    if (!template) return;
    const folder = await pickFolder();
    if (folder === undefined) return;
    const uri = folder ? await createFile(folder, template) : await createUntitled(template);
    if (uri) await revealMessage(uri, 0);
  },
};

async function pickTemplate(extension: Uri): Promise<PromptTemplate | undefined> {
  const items = (await readPromptTemplates(extension)).map((template) => ({
    label: template.name,
    detail: template.description,
    template,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'New Prompt',
    placeHolder: 'Select a template',
    matchOnDetail: true,
  });
  return chosen?.template;
}

/** The folder of the open prompt, else of the workspace; null without a folder, undefined if the user cancels. */
async function pickFolder(): Promise<Uri | null | undefined> {
  const open = findActivePrompt();
  if (open && !open.isUntitled) return Uri.joinPath(open.uri, '..');
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length < 2) return folders[0]?.uri ?? null;
  return (await window.showWorkspaceFolderPick())?.uri;
}

/** Creates the file; undefined if the user cancels. */
async function createFile(folder: Uri, template: PromptTemplate): Promise<Uri | undefined> {
  const typed = await window.showInputBox({
    title: `New Prompt: ${template.name}`,
    prompt: `File path relative to ${workspace.asRelativePath(folder)}`,
    value: `${template.id}.prompt.yaml`,
    valueSelection: [0, template.id.length],
    validateInput: (text) => validatePath(folder, text),
  });
  const place = parsePromptPath(typed ?? '');
  if (!('path' in place)) return undefined;
  const uri = Uri.joinPath(folder, place.path);
  const text = renameTemplate(template.text, place.path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function createUntitled({ text }: PromptTemplate): Promise<Uri> {
  return (await workspace.openTextDocument({ language: LANGUAGE, content: text })).uri;
}

async function validatePath(folder: Uri, typed: string): Promise<string | undefined> {
  const place = parsePromptPath(typed);
  if ('path' in place) {
    const uri = Uri.joinPath(folder, place.path);
    return (await exists(uri)) ? `${place.path} already exists.` : undefined;
  }
  switch (place.problem) {
    case 'empty':
      return 'Enter a file name.';
    case 'outside':
      return 'Enter a path inside the folder, such as support/triage.';
    case 'characters':
      return 'File names cannot contain < > : " | ? *';
    default:
      return place.problem satisfies never;
  }
}

async function exists(uri: Uri): Promise<boolean> {
  return await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
