import {
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { PromptGroup } from './arrange.ts';
import {
  chooseIcon,
  describeCases,
  describeFigures,
  describeFindings,
  describeGroup,
} from './prompt-texts.ts';

/** The row of a group. */
export function createGroupItem(group: PromptGroup): TreeItem {
  const { key } = group;
  const item = new TreeItem(key ?? '(none)', TreeItemCollapsibleState.Expanded);
  item.id = `group:${key ?? ''}:${key === null}`;
  item.description = describeGroup(group);
  item.contextValue = 'group';
  return item;
}

/** The row of a prompt in a group. */
export function createPromptItem(prompt: WorkspacePrompt, group: PromptGroup): TreeItem {
  const item = new TreeItem(prompt.name, TreeItemCollapsibleState.None);
  const uri = Uri.parse(prompt.uri);
  const { icon, color } = chooseIcon(prompt);
  item.id = `prompt:${group.key ?? ''}:${prompt.uri}`;
  item.description = describeFigures(prompt).join(' · ');
  item.tooltip = createTooltip(prompt);
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.contextValue = 'prompt';
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
  item.accessibilityInformation = {
    label: [prompt.name, ...describeFigures(prompt), ...describeFindings(prompt)].join(', '),
  };
  return item;
}

function createTooltip(prompt: WorkspacePrompt): MarkdownString {
  const rows: readonly (readonly [string, string])[] = [
    ['Model', prompt.model ?? 'none'],
    ['Golden cases', describeCases(prompt)],
    ['Figures', describeFigures(prompt).join(' · ')],
    ['Findings', describeFindings(prompt).join(', ') || 'none'],
    ['Owner', prompt.owner ?? ''],
    ['Feature', prompt.feature ?? ''],
    ['Tags', prompt.tags.join(', ')],
  ];
  const text = new MarkdownString();
  text.appendText(prompt.path).appendMarkdown('\n\n');
  for (const [name, value] of rows.filter(([, value]) => value !== ''))
    text.appendMarkdown(`- ${name}: `).appendText(value).appendMarkdown('\n');
  return text;
}
