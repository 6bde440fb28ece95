import { type Command, ThemeIcon, TreeItem, TreeItemCollapsibleState, type Uri } from 'vscode';
import { describeNode } from './node-texts.ts';
import type { RegistryNode } from './registry-nodes.ts';
import { createVersionUri } from './version-uri.ts';

/** Creates a row; `project` is any file of the project. `isHere`: the prompt's file is in this workspace. */
export function createRegistryItem(node: RegistryNode, project: Uri, isHere: boolean): TreeItem {
  const { id, label, description, tooltip, icon, context } = describeNode(node, isHere);
  const { Collapsed, None } = TreeItemCollapsibleState;
  const item = new TreeItem(label, node.kind === 'prompt' ? Collapsed : None);
  const command = createCommand(node, project);
  item.id = id;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = context;
  if (command) item.command = command;
  return item;
}

/** What a click does; undefined: only expands the row. */
function createCommand(node: RegistryNode, project: Uri): Command | undefined {
  const open = (uri: Uri) => ({ command: 'vscode.open', title: 'Open', arguments: [uri] });
  switch (node.kind) {
    case 'prompt':
      return undefined;
    case 'working': {
      const uri = node.uri.toString();
      return node.differs === null
        ? open(node.uri)
        : { command: 'promptsmith.diffWithProduction', title: 'Diff', arguments: [uri] };
    }
    case 'version': {
      const { name, record } = node;
      return open(
        createVersionUri({ name, version: record.version, file: project, against: null }),
      );
    }
    default:
      return node satisfies never;
  }
}
