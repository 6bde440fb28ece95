import type { Rule } from '#core/lint/engine/rule.ts';
import { RULE_GROUPS, rulePagePath } from '#core/lint/engine/rule-page.ts';
import { rules as all } from '#core/rules/index.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { pluralize } from './reporters/findings-plain.ts';
import { formatTable } from './terminal.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules that check runs',
  operands: '',
  about: [
    'Lists every rule with its severity, its mode unless that is `recommended`, and its kind of fix: `check --fix` applies safe fixes, and `review` marks fixes that change what is sent. Set severities, modes and options in .promptsmith.yaml.',
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
    ['rules', 'all rules by group'],
    ['rules --group injection', 'rules about prompt injection'],
    ['rules --format json', 'for another program'],
  ],
  run,
};

async function run(args: Arguments, { terminal }: CommandContext): Promise<number> {
  if (args.files.length > 0)
    throw new UsageError(
      'rules takes no operands; run `promptsmith explain <rule>` for details of one.',
    );
  const group = args.text('group');
  const chosen = all.filter((rule) => group === undefined || rule.group === group);
  if (wantsJson(args)) {
    terminal.printJson({ v: 1, rules: chosen.map(ruleJson) });
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
      fix === undefined ? '' : fix === 'safe' ? 'fix: safe' : 'fix: review',
      terminal.style(summary, 'dim'),
    ]);
    for (const line of formatTable(rows)) terminal.print(line);
    terminal.print();
  }
  terminal.print(
    `${pluralize(chosen.length, 'rule')}. Run \`promptsmith explain <rule>\` for details.`,
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
