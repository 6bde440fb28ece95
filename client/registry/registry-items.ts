import { ThemeIcon, TreeItem, TreeItemCollapsibleState, type Uri } from 'vscode';
import type { RegistryNode } from './registry-nodes.ts';
import { createVersionUri } from './version-uri.ts';

type Row<T extends RegistryNode['kind']> = Extract<RegistryNode, { readonly kind: T }>;

/** How a row is shown; `project` is any file of the project. `isHere`: a prompt's file is in this workspace. */
export function createRegistryItem(node: RegistryNode, project: Uri, isHere: boolean): TreeItem {
  switch (node.kind) {
    case 'prompt':
      return createPromptItem(node, isHere);
    case 'working':
      return createWorkingCopyItem(node);
    case 'version':
      return createVersionItem(node, project, isHere);
    default:
      return node satisfies never;
  }
}

function createPromptItem({ prompt }: Row<'prompt'>, isHere: boolean): TreeItem {
  const { name, labels, problem } = prompt;
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = name;
  item.description = labels.map(({ label, version }) => `${label} ${version}`).join(' · ');
  item.iconPath = new ThemeIcon(problem ? 'warning' : 'comment-discussion');
  item.contextValue = isHere ? 'prompt here' : 'prompt';
  item.tooltip = problem ?? [name, ...labels.map(describeMove)].join('\n');
  return item;
}

function describeMove({ label, version, split, by, at, override, rollback }: LabelText): string {
  const shares = Object.entries(split ?? {}).map(([other, share]) => `${share} % ${other}`);
  const how = rollback ? 'rolled back' : override ? 'policy overridden' : '';
  const where = [version, ...shares].join(' + ');
  return [`${label}: ${where}`, by, at.slice(0, 10), how].filter(Boolean).join(', ');
}

type LabelText = Row<'prompt'>['prompt']['labels'][number];

function createWorkingCopyItem({ name, uri, against, differs }: Row<'working'>): TreeItem {
  const item = new TreeItem('Working copy', TreeItemCollapsibleState.None);
  item.id = `${name}@`;
  item.description =
    differs === null ? `same as ${against}` : `differs from ${against}: ${differs}`;
  item.iconPath = new ThemeIcon(differs === null ? 'check' : 'edit');
  item.contextValue = 'working';
  item.tooltip = `${item.description}\n${uri.fsPath}`;
  item.command =
    differs === null
      ? { command: 'vscode.open', title: 'Open', arguments: [uri] }
      : {
          command: 'promptsmith.diffWithProduction',
          title: 'Diff',
          arguments: [uri.toString()],
        };
  return item;
}

function createVersionItem(
  { name, record, labels, eval: passes }: Row<'version'>,
  project: Uri,
  isHere: boolean,
): TreeItem {
  const { version, change, author, at, bump } = record;
  const item = new TreeItem(version, TreeItemCollapsibleState.None);
  const result = passes ? `${passes.passed}/${passes.checked}` : '';
  item.id = `${name}@${version}`;
  item.description = [labels.join(', '), result, change].filter(Boolean).join(' · ');
  item.iconPath = new ThemeIcon(labels.includes('production') ? 'rocket' : 'tag');
  item.contextValue = isHere ? 'version here' : 'version';
  item.tooltip = [
    `${name}@${version}`,
    `${author}, ${at.slice(0, 16).replace('T', ' ')}`,
    passes ? `last eval ${result}` : 'no eval attached',
    ...bump.reasons,
  ].join('\n');
  const uri = createVersionUri({ name, version, file: project, against: null });
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
  return item;
}
