import { l10n, type QuickPickItem, window } from 'vscode';
import {
  FILTERS,
  type Filter,
  GROUPINGS,
  type Grouping,
  SORTINGS,
  type Sorting,
} from '../prompts/arrange.ts';
import type { Command } from './command.ts';

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export const groupPrompts: Command = {
  id: 'promptsmith.groupPrompts',
  async run({ prompts }) {
    const labels: Readonly<Record<Grouping, string>> = {
      folder: l10n.t('Folder'),
      model: l10n.t('Model'),
      owner: l10n.t('Owner'),
      feature: l10n.t('Feature'),
      tag: l10n.t('Tag'),
    };
    const groupBy = await choose(
      GROUPINGS,
      labels,
      prompts.arrangement.groupBy,
      l10n.t('Group prompts by'),
    );
    if (groupBy) await prompts.rearrange({ groupBy });
  },
};

export const sortPrompts: Command = {
  id: 'promptsmith.sortPrompts',
  async run({ prompts }) {
    const labels: Readonly<Record<Sorting, string>> = {
      cost: l10n.t('Cost per month, highest first'),
      tokens: l10n.t('Tokens per call, most first'),
      findings: l10n.t('Findings, worst first'),
      age: l10n.t('Last change, oldest first'),
      name: l10n.t('Name'),
    };
    const sortBy = await choose(
      SORTINGS,
      labels,
      prompts.arrangement.sortBy,
      l10n.t('Sort prompts by'),
    );
    if (sortBy) await prompts.rearrange({ sortBy });
  },
};

export const filterPrompts: Command = {
  id: 'promptsmith.filterPrompts',
  async run({ prompts }) {
    const labels: Readonly<Record<Filter, string>> = {
      retired: l10n.t('Model is retired or will be'),
      untested: l10n.t('No golden cases'),
      findings: l10n.t('Errors, warnings or notes'),
    };
    const { filters } = prompts.arrangement;
    const chosen = await window.showQuickPick(
      FILTERS.map((value) => ({ label: labels[value], value, picked: filters.includes(value) })),
      { title: l10n.t('Show only prompts where'), canPickMany: true },
    );
    if (chosen) await prompts.rearrange({ filters: chosen.map(({ value }) => value) });
  },
};

/** One of several; what holds now stands first, so that Enter changes nothing. */
async function choose<T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, string>>,
  present: T,
  title: string,
): Promise<T | undefined> {
  const ordered = [present, ...values.filter((value) => value !== present)];
  const items: Choice<T>[] = ordered.map((value) => ({
    label: labels[value],
    value,
    ...(value === present ? { description: l10n.t('now') } : {}),
  }));
  return (await window.showQuickPick(items, { title }))?.value;
}
