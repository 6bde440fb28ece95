import { type QuickPickItem, window } from 'vscode';
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
      folder: 'Folder',
      model: 'Model',
      owner: 'Owner',
      feature: 'Feature',
      tag: 'Tag',
    };
    const groupBy = await choose(
      GROUPINGS,
      labels,
      prompts.arrangement.groupBy,
      'Group prompts by',
    );
    if (groupBy) await prompts.rearrange({ groupBy });
  },
};

export const sortPrompts: Command = {
  id: 'promptsmith.sortPrompts',
  async run({ prompts }) {
    const labels: Readonly<Record<Sorting, string>> = {
      cost: 'Cost per month, highest first',
      tokens: 'Tokens per call, highest first',
      findings: 'Findings, worst first',
      age: 'Last change, oldest first',
      name: 'Name',
    };
    const sortBy = await choose(SORTINGS, labels, prompts.arrangement.sortBy, 'Sort prompts by');
    if (sortBy) await prompts.rearrange({ sortBy });
  },
};

export const filterPrompts: Command = {
  id: 'promptsmith.filterPrompts',
  async run({ prompts }) {
    const labels: Readonly<Record<Filter, string>> = {
      retired: 'A retired or retiring model',
      untested: 'No golden cases',
      findings: 'Errors, warnings or notes',
    };
    const { filters } = prompts.arrangement;
    const chosen = await window.showQuickPick(
      FILTERS.map((value) => ({ label: labels[value], value, picked: filters.includes(value) })),
      { title: 'Show only prompts with', canPickMany: true },
    );
    if (chosen) await prompts.rearrange({ filters: chosen.map(({ value }) => value) });
  },
};

/** Asks for one of several values. The current one comes first, so that Enter changes nothing. */
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
    ...(value === present ? { description: 'current' } : {}),
  }));
  return (await window.showQuickPick(items, { title }))?.value;
}
