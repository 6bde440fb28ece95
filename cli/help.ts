import { COMMON_OPTIONS, type Command, type Option } from './command.ts';
import { type Terminal, wrapText } from './terminal.ts';

/** Formats the overview of `promptsmith --help`. */
export function formatOverview(commands: readonly Command[], terminal: Terminal): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${terminal.style('promptsmith', 'bold')} — tokens, cost, lint and evals for .prompt.yaml files`,
    '',
    'Usage: promptsmith <command> [options] [FILE or FOLDER …]',
    '',
    terminal.style('Commands', 'bold'),
    ...commands.map(
      ({ name, summary }) => `  ${terminal.style(name.padEnd(width), 'cyan')}  ${summary}`,
    ),
    '',
    terminal.style('Start here', 'bold'),
    '  promptsmith check prompts/              problems, with fixes',
    '  promptsmith cost prompts/               what each call costs',
    '  promptsmith eval prompts/triage.prompt.yaml --replay',
    '                                          golden cases on recorded answers, without a key',
    '',
    'Run `promptsmith <command> --help` for details. Exit codes: 0 success, 1 failed checks or policy, 2 could not run.',
    '',
  ].join('\n');
}

/** Formats the page of `promptsmith <command> --help`. */
export function formatCommandHelp(command: Command, terminal: Terminal): string {
  const lines = [`Usage: promptsmith ${command.name} [options] ${command.operands}`, ''];
  for (const paragraph of command.about)
    lines.push(...wrapText(paragraph, Math.min(terminal.width, 96)), '');
  lines.push(terminal.style('Options', 'bold'));
  const options = [...command.options, ...COMMON_OPTIONS];
  const heads = options.map(formatOptionName);
  const width = Math.max(...heads.map((head) => head.length));
  options.forEach((option, i) => {
    const text = wrapText(option.summary, Math.max(30, Math.min(terminal.width, 110) - width - 4));
    text.forEach((line, j) => {
      const head = (j === 0 ? (heads[i] ?? '') : '').padEnd(width);
      lines.push(`  ${terminal.style(head, 'cyan')}  ${line}`);
    });
  });
  lines.push('', terminal.style('Examples', 'bold'));
  for (const [call, what] of command.examples)
    lines.push(`  promptsmith ${call}`, terminal.style(`      ${what}`, 'dim'));
  return `${lines.join('\n')}\n`;
}

/** Formats an option for the help: `-f, --format <name>`. */
export function formatOptionName({ name, short, type, value }: Option): string {
  const operand =
    type === 'flag'
      ? ''
      : type === 'optional'
        ? `[=${value ?? 'value'}]`
        : ` <${value ?? 'value'}>`;
  return `${short ? `-${short}, ` : '    '}--${name}${operand}`;
}
