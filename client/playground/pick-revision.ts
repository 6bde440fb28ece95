import { type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { listPublishedVersions } from '#app/eval/published-versions.ts';
import { UserError } from '#core/user-error.ts';
import { readFileAtRevision } from '#io/git.ts';
import { createVersionUri } from '../registry/version-uri.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { PromptState } from './prompt-state.ts';

interface Choice extends QuickPickItem {
  /** Of git; empty = none. */
  readonly revision?: string;
  /** `name@1.4.0` of the registry. */
  readonly published?: string;
}

/** Published versions that are offered. */
const MAX_VERSIONS = 10;

/** Asks for a git revision or a published version of the file to compare with, or for none. */
export async function pickRevision(state: PromptState, file: string): Promise<void> {
  const choices: Choice[] = [
    { label: 'HEAD', description: 'latest commit', revision: 'HEAD' },
    { label: 'HEAD~1', description: 'previous commit', revision: 'HEAD~1' },
    { label: 'Another Revision…' },
    ...(await listPublished(file)),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: 'Stop Comparing', revision: '' },
  ];
  const title = 'Compare the working copy with';
  const chosen = await window.showQuickPick(choices, { title, ignoreFocusOut: true });
  if (!chosen) return;
  if (chosen.published !== undefined) {
    state.revision = {
      name: chosen.published,
      text: await readVersionText(chosen.published, file),
    };
    return;
  }
  const revision =
    chosen.revision ??
    (await window.showInputBox({
      title: 'Git commit, branch or tag',
      ignoreFocusOut: true,
    }));
  if (revision === undefined) return;
  if (revision === '') {
    state.revision = null;
    return;
  }
  const read = await readFileAtRevision(file, revision);
  if ('error' in read) throw new UserError(`${read.error}.`);
  state.revision = { name: revision, text: read.text };
}

async function listPublished(file: string): Promise<Choice[]> {
  const prompt = await promptFile(Uri.file(file));
  // Without a readable registry, git revisions can still be compared.
  const versions = prompt ? await listPublishedVersions(prompt).catch(() => []) : [];
  return versions.slice(0, MAX_VERSIONS).map(({ version, labels, spec, change }) => ({
    label: `$(tag) ${[...labels, version].join(' · ')}`,
    description: change,
    published: spec,
  }));
}

/** The text of `name@version`, from the registry as it is open in this window. */
async function readVersionText(spec: string, file: string): Promise<string> {
  const [name = '', version = ''] = spec.split('@');
  const uri = createVersionUri({ name, version, file: Uri.file(file), against: null });
  return (await workspace.openTextDocument(uri)).getText();
}
