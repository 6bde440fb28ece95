import {
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { PromptGroup } from './arrange.ts';

/** The row of a group. */
export function createGroupItem({ key, prompts }: PromptGroup): TreeItem {
  const item = new TreeItem(key ?? '(none)', TreeItemCollapsibleState.Expanded);
  const month = prompts.reduce((sum, { costPerMonth }) => sum + (costPerMonth ?? 0), 0);
  const parts = [String(prompts.length), month > 0 ? `${formatDollars(month)}/month` : ''];
  item.id = `group:${key ?? ''}:${key === null}`;
  item.description = parts.filter(Boolean).join(' · ');
  item.contextValue = 'group';
  return item;
}

/** The row of a prompt in a group. */
export function createPromptItem(prompt: WorkspacePrompt, group: PromptGroup): TreeItem {
  const item = new TreeItem(prompt.name, TreeItemCollapsibleState.None);
  const uri = Uri.parse(prompt.uri);
  item.id = `prompt:${group.key ?? ''}:${prompt.uri}`;
  item.description = describeFigures(prompt).join(' · ');
  item.tooltip = createTooltip(prompt);
  item.iconPath = chooseIcon(prompt);
  item.contextValue = 'prompt';
  item.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
  item.accessibilityInformation = {
    label: [prompt.name, ...describeFigures(prompt), ...describeFindings(prompt)].join(', '),
  };
  return item;
}

function describeFigures({
  tokens,
  costPerMonth,
  costPerCall,
  retirement,
}: WorkspacePrompt): string[] {
  const cost =
    costPerMonth !== null
      ? `${formatDollars(costPerMonth)}/month`
      : costPerCall !== null
        ? `${formatDollars(costPerCall)}/call`
        : '';
  const size = tokens ? `${tokens.exact ? '' : '≈ '}${formatCount(tokens.count)} tokens` : '';
  const state =
    retirement === 'retired' ? 'retired model' : retirement === 'retires' ? 'retiring model' : '';
  return [size, cost, state].filter(Boolean);
}

function describeFindings({ error, warning, info }: WorkspacePrompt): string[] {
  return [
    formatNounCount(error, 'error'),
    formatNounCount(warning, 'warning'),
    formatNounCount(info, 'note'),
  ].filter(Boolean);
}

/** Empty for none. */
function formatNounCount(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function createTooltip(prompt: WorkspacePrompt): MarkdownString {
  const rows: readonly (readonly [string, string])[] = [
    ['Model', prompt.model ?? 'none'],
    ['Golden cases', formatCount(prompt.cases)],
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

function chooseIcon({ error, warning, info }: WorkspacePrompt): ThemeIcon {
  if (error > 0) return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (warning > 0) return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  return new ThemeIcon(info > 0 ? 'info' : 'comment-discussion');
}
