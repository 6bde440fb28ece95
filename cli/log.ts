import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { findNameProblem } from '#core/registry/names.ts';
import type { LabelState, Registry, VersionRecord } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';
import type { Terminal } from './terminal.ts';

export const log: Command = {
  name: 'log',
  summary: 'show the history of a prompt: publications and label moves',
  operands: '[NAME]',
  about: [
    'Shows who published or moved what, when and why, the newest first; without NAME for all prompts. --json prints {v, versions, labels, moves} for one prompt, {v, events} for all.',
  ],
  options: [
    {
      name: 'since',
      type: 'text',
      value: 'time',
      summary: 'only entries since: 90m, 12h, 1d, 2w, or a date',
    },
    ...REGISTRY_OPTIONS,
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['log support/triage', 'all versions and moves'],
    ['log --since 1d', 'changes since yesterday'],
  ],
  run,
};

interface Event {
  readonly at: string;
  readonly name: string;
  readonly by: string;
  readonly text: string;
  readonly why: string;
}

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const [name, ...more] = args.files;
  if (more.length > 0) throw new UsageError('log takes one NAME.');
  const problem = name === undefined ? null : findNameProblem(name);
  if (problem !== null) throw new UsageError(`${problem}.`);
  const since = parseSince(args.text('since'), Date.now());
  const { terminal } = context;
  return await withRegistry(args, context, async (registry) => {
    const names =
      name === undefined ? (await registry.list()).map((prompt) => prompt.name) : [name];
    const events: Event[] = [];
    for (const one of names) {
      const versions = await registry.versions(one);
      const moves = await registry.moves(one);
      if (name !== undefined && versions.length === 0)
        throw new UsageError(`${name} is not in the registry ${registry.address}.`);
      if (name !== undefined && wantsJson(args)) {
        printJson(versions, moves, since, terminal);
        return 0;
      }
      events.push(...listEvents(one, versions, moves));
    }
    const shown = events.filter(({ at }) => at >= since).sort((a, b) => (a.at < b.at ? 1 : -1));
    if (wantsJson(args)) terminal.printJson({ v: 1, events: shown });
    else await printEvents(shown, registry, terminal);
    return 0;
  });
}

function listEvents(
  name: string,
  versions: readonly VersionRecord[],
  moves: readonly LabelState[],
): Event[] {
  return [
    ...versions.map(({ at, author, version, change }) => ({
      ...{ at, name, by: author, why: change },
      text: `published ${version}`,
    })),
    ...moves.map((move) => ({
      ...{ at: move.at, name, by: move.by, why: move.override ?? move.why },
      text: moveText(move),
    })),
  ];
}

function moveText({ label, from, version, rollback, override, split }: LabelState): string {
  const shares = Object.entries(split ?? {}).map(([other, share]) => `${share} % to ${other}`);
  const notes = [...shares, rollback ? 'rolled back' : '', override ? 'policy overridden' : ''];
  const note = notes.filter((note) => note !== '').join(', ');
  return `${label} ${from ?? '(new)'} → ${version}${note === '' ? '' : ` (${note})`}`;
}

function printJson(
  versions: readonly VersionRecord[],
  moves: readonly LabelState[],
  since: string,
  terminal: Terminal,
): void {
  const labels = Object.fromEntries(
    findCurrentLabels(moves).map(({ label, version }) => [label, version]),
  );
  const recent = <T extends { at: string }>(list: readonly T[]) =>
    list.filter(({ at }) => at >= since);
  const log = { v: 1, versions: recent(versions), labels, moves: recent(moves) };
  terminal.printJson(log);
}

async function printEvents(
  events: readonly Event[],
  registry: Registry,
  terminal: Terminal,
): Promise<void> {
  if (events.length === 0) terminal.print(`No entries in ${registry.address}.`);
  for (const { at, name, by, text, why } of events) {
    const time = `${at.slice(0, 10)} ${at.slice(11, 16)}`;
    const head = `${terminal.style(time, 'dim')}  ${escapeForTerminal(name)}  ${escapeForTerminal(text)}`;
    terminal.print(`${head}  ${terminal.style(escapeForTerminal(`by ${by}`), 'dim')}`);
    if (why !== '') terminal.print(`                    ${escapeForTerminal(why)}`);
  }
}

/** Parses `1d`, `12h` or a date to a time in ISO 8601; '' for none. Throws UsageError. */
function parseSince(text: string | undefined, now: number): string {
  if (text === undefined) return '';
  const [, n = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const time = n === '' ? Date.parse(text) : now - Number(n) * (UNITS[unit] ?? 0);
  if (Number.isNaN(time))
    throw new UsageError(`--since must be a time such as 12h, 1d or 2026-11-21, not "${text}".`);
  return new Date(time).toISOString();
}

const UNITS: Readonly<Record<string, number>> = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
