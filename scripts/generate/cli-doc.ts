import { COMMON_OPTIONS, type Command, type Option } from '#cli/command.ts';
import { commands } from '#cli/commands.ts';
import { formatOptionName } from '#cli/help.ts';

/** docs/cli.md: every command, from the data of its help. */
export function cliDoc(): string {
  return `${[
    '# Command line',
    '`promptsmith <command> --help` prints the same text. Exit codes: 0 success, 1 failed checks or policy, 2 could not run.',
    ['| command | does |', '|---|---|', ...commands.map(overviewRow)].join('\n'),
    ...commands.flatMap(section),
    '## Options of every command',
    optionTable(COMMON_OPTIONS),
  ].join('\n\n')}\n`;
}

function overviewRow({ name, summary }: Command): string {
  return `| [\`${name}\`](#${name}) | ${cell(summary)} |`;
}

function section({ name, summary, operands, about, options, examples }: Command): string[] {
  const calls = examples.map(([call, what]) => `# ${what}\npromptsmith ${call}`);
  return [
    `## ${name}`,
    `${escapeMarkdown(`${summary[0]?.toUpperCase()}${summary.slice(1)}`)}.`,
    ['```text', `promptsmith ${name} [options] ${operands}`.trimEnd(), '```'].join('\n'),
    ...about.map(escapeMarkdown),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ['```sh', calls.join('\n\n'), '```'].join('\n'),
  ];
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => {
    return `| \`${cell(formatOptionName(option).trim())}\` | ${cell(escapeMarkdown(option.summary))} |`;
  });
  return ['| option | does |', '|---|---|', ...rows].join('\n');
}

/** Text outside backticks without characters that Markdown would take as markup. */
function escapeMarkdown(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[<>*_[\]]/g, '\\$&')))
    .join('`');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
