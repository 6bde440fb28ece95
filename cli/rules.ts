import type { Rule } from '#core/lint/engine/rule.ts';
import { RULE_GROUPS, rulePagePath } from '#core/lint/engine/rule-page.ts';
import { rules as all } from '#core/rules/index.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
} from './command.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { formatTable } from './terminal.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules of check',
  operands: '',
  about: [
    'Every rule with its severity, the first mode that runs it, and its fixes: "safe" ones are applied by check --fix, "look" ones change what is sent. Severities, modes and options are set in .promptsmith.yaml.',
  ],
  options: [
    {
      name: 'group',
      type: 'text',
      value: 'group',
      choices: Object.keys(RULE_GROUPS),
      summary: `only the rules of one group: ${Object.keys(RULE_GROUPS).join(', ')}`,
    },
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['rules', 'all of them, group by group'],
    ['rules --group injection', 'those about prompt injection'],
    ['rules --format json', 'for another program'],
  ],
  run,
};

async function run(args: Arguments, { terminal }: CommandContext): Promise<number> {
  if (args.files.length > 0)
    throw new UsageError(`rules takes no operands: to read about one, promptsmith explain <rule>.`);
  const group = args.text('group');
  const chosen = all.filter((rule) => group === undefined || rule.group === group);
  if (args.text('format') === 'json' || args.flag('json')) {
    terminal.print(JSON.stringify({ v: 1, rules: chosen.map(ruleJson) }, null, 2));
    return 0;
  }
  for (const [name, title] of Object.entries(RULE_GROUPS)) {
    const members = chosen.filter((rule) => rule.group === name);
    if (members.length === 0) continue;
    terminal.print(terminal.style(title, 'bold'));
    const rows = members.map(({ id, severity, mode, fix, summary }) => [
      `  ${terminal.style(id, 'cyan')}`,
      severity,
      mode === 'recommended' ? '' : mode,
      fix === undefined ? '' : fix === 'safe' ? 'fix: safe' : 'fix: look',
      terminal.style(summary, 'dim'),
    ]);
    for (const line of formatTable(rows)) terminal.print(line);
    terminal.print();
  }
  terminal.print(
    `${pluralize(chosen.length, 'rule')}. promptsmith explain <rule> tells about one.`,
  );
  return 0;
}

function ruleJson({ id, severity, mode, group, fix, tags, summary }: Rule): unknown {
  const fixable = fix !== undefined;
  return {
    id,
    severity,
    mode,
    group,
    fixable,
    fix: fix ?? null,
    tags,
    summary,
    page: rulePagePath(id),
  };
}
