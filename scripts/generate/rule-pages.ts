import { RULE_GROUPS, renderRulePage } from '#core/lint/engine/rule-page.ts';
import { rules } from '#core/rules/index.ts';

/** A page for each rule, and the table of all. */
export const rulePages: readonly { readonly file: string; produce(): string }[] = [
  { file: 'docs/rules/README.md', produce: table },
  ...rules.map((rule) => ({
    file: `docs/rules/${rule.id}.md`,
    produce: () => `${renderRulePage(rule)}\n\n[All rules](README.md)\n`,
  })),
];

function table(): string {
  const sections = Object.entries(RULE_GROUPS).flatMap(([group, title]) => {
    const rows = rules
      .filter((rule) => rule.group === group)
      .map(({ id, severity, mode, fix, summary }) => {
        return `| [\`${id}\`](${id}.md) | ${severity} | ${mode} | ${fix ?? ''} | ${cell(summary)} |`;
      });
    if (rows.length === 0) return [];
    return [
      `## ${title}`,
      ['| rule | severity | mode | fix | finds |', '|---|---|---|---|---|', ...rows].join('\n'),
    ];
  });
  return `${[
    '# Rules',
    `Promptsmith knows ${rules.length} rules. The mode \`recommended\` is the default; \`pedantic\` and \`audit\` run more. The severity is that of most findings of a rule; its page says where another one holds. A safe fix changes neither what is sent nor what is judged; \`check --fix\` applies those alone. Modes, severities and options are set in \`.promptsmith.yaml\`.`,
    ...sections,
  ].join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
