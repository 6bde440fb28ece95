import {
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import { count, dollars } from '#core/models/figures.ts';
import type { WorkspacePrompt } from '#core/protocol.ts';
import type { PromptGroup } from './arrange.ts';

/** The row of a group. */
export function groupItem({ key, prompts }: PromptGroup): TreeItem {
  const item = new TreeItem(key ?? l10n.t('(none)'), TreeItemCollapsibleState.Expanded);
  const month = prompts.reduce((sum, { costPerMonth }) => sum + (costPerMonth ?? 0), 0);
  const parts = [String(prompts.length), month > 0 ? l10n.t('{0} a month', dollars(month)) : ''];
  item.id = `group:${key ?? ''}:${key === null}`;
  item.description = parts.filter(Boolean).join(' · ');
  item.contextValue = 'group';
  return item;
}

/** The row of a prompt in a group. */
export function promptItem(prompt: WorkspacePrompt, group: PromptGroup): TreeItem {
  const item = new TreeItem(prompt.name, TreeItemCollapsibleState.None);
  const uri = Uri.parse(prompt.uri);
  item.id = `prompt:${group.key ?? ''}:${prompt.uri}`;
  item.description = figuresOf(prompt).join(' · ');
  item.tooltip = tooltip(prompt);
  item.iconPath = iconOf(prompt);
  item.contextValue = 'prompt';
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri] };
  item.accessibilityInformation = {
    label: [prompt.name, ...figuresOf(prompt), ...findingsOf(prompt)].join(', '),
  };
  return item;
}

function figuresOf({ tokens, costPerMonth, costPerCall, retirement }: WorkspacePrompt): string[] {
  const cost =
    costPerMonth !== null
      ? l10n.t('{0} a month', dollars(costPerMonth))
      : costPerCall !== null
        ? l10n.t('{0} a call', dollars(costPerCall))
        : '';
  const size = tokens
    ? `${tokens.exact ? '' : '≈ '}${l10n.t('{0} tokens', count(tokens.count))}`
    : '';
  const state =
    retirement === 'retired'
      ? l10n.t('retired model')
      : retirement === 'retires'
        ? l10n.t('model retires')
        : '';
  return [size, cost, state].filter(Boolean);
}

function findingsOf({ error, warning, info }: WorkspacePrompt): string[] {
  return [
    error > 0 ? l10n.t('{0} errors', error) : '',
    warning > 0 ? l10n.t('{0} warnings', warning) : '',
    info > 0 ? l10n.t('{0} notes', info) : '',
  ].filter(Boolean);
}

function tooltip(prompt: WorkspacePrompt): MarkdownString {
  const rows: readonly (readonly [string, string])[] = [
    [l10n.t('Model'), prompt.model ?? l10n.t('none')],
    [l10n.t('Golden cases'), count(prompt.cases)],
    [l10n.t('Figures'), figuresOf(prompt).join(' · ')],
    [l10n.t('Findings'), findingsOf(prompt).join(', ') || l10n.t('none')],
    [l10n.t('Owner'), prompt.owner ?? ''],
    [l10n.t('Feature'), prompt.feature ?? ''],
    [l10n.t('Tags'), prompt.tags.join(', ')],
  ];
  const text = new MarkdownString();
  text.appendText(prompt.path).appendMarkdown('\n\n');
  for (const [name, value] of rows.filter(([, value]) => value !== ''))
    text.appendMarkdown(`- ${name}: `).appendText(value).appendMarkdown('\n');
  return text;
}

function iconOf({ error, warning, info }: WorkspacePrompt): ThemeIcon {
  if (error > 0) return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (warning > 0) return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  return new ThemeIcon(info > 0 ? 'info' : 'comment-discussion');
}
