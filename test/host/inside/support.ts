import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

export const EXTENSION = 'promptsmith.promptsmith';

const PATIENCE = 30_000;

/** Writes a file of the workspace and resolves to where it is. */
export async function write(name: string, text: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('no folder is open');
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Our diagnostics of a file once they are as wanted. */
export async function diagnostics(
  uri: vscode.Uri,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const read = () =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'promptsmith');
  return await new Promise((resolve, reject) => {
    const look = () => {
      const found = read();
      if (!wanted(found)) return;
      listener.dispose();
      clearTimeout(timer);
      resolve(found);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`the diagnostics stayed ${JSON.stringify(read().map(codeOf))}`));
    }, PATIENCE);
    look();
  });
}

/** The id of the rule that a diagnostic comes from. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** What `ask` answers once it is as wanted: for answers that nothing tells of. */
export async function eventually<T>(
  ask: () => PromiseLike<T>,
  wanted: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`the answer stayed ${JSON.stringify(answer)}`);
    await delay(20);
  }
}

/** Where a text stands in a document; its end with `after`. */
export function positionOf(
  document: vscode.TextDocument,
  text: string,
  after = false,
): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`the document has no ${text}`);
  return document.positionAt(after ? at + text.length : at);
}

/** The process of our language server. */
export function serverProcess(): number {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        return command.includes('server.cjs') && Number(parent) === process.pid;
      } catch {
        return false; // It has ended meanwhile.
      }
    });
  if (!found) throw new Error('no language server runs');
  return Number(found);
}
