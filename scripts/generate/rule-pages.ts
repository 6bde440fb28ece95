import type { Rule } from '#core/lint/rule.ts';
import { rules } from '#core/rules/index.ts';

/** A page for each rule, and the table of all. */
export const rulePages: readonly { readonly file: string; produce(): string }[] = [
  { file: 'docs/rules/README.md', produce: table },
  ...rules.map((rule) => ({ file: `docs/rules/${rule.id}.md`, produce: () => page(rule) })),
];

const GROUPS: Readonly<Record<Rule['group'], string>> = {
  format: 'Format',
  variables: 'Variables',
  injection: 'Template injection',
  files: 'Across files',
  judges: 'Judges',
  'hidden-text': 'Hidden text',
  secrets: 'Secrets and personal data',
  'golden-set': 'Payloads and golden set',
  cost: 'Cost and limits',
};

function table(): string {
  const sections = Object.entries(GROUPS).flatMap(([group, title]) => {
    const rows = rules
      .filter((rule) => rule.group === group)
      .map(({ id, severity, mode, summary }) => {
        return `| [\`${id}\`](${id}.md) | ${severity} | ${mode} | ${cell(summary)} |`;
      });
    if (rows.length === 0) return [];
    return [
      `## ${title}`,
      ['| rule | severity | mode | finds |', '|---|---|---|---|', ...rows].join('\n'),
    ];
  });
  return `${[
    '# Rules',
    `Promptsmith knows ${rules.length} rules. The mode \`recommended\` is the default; \`pedantic\` and \`audit\` run more. The severity is that of most findings of a rule; its page says where another one holds. Modes, severities and options are set in \`.promptsmith.yaml\`.`,
    ...sections,
  ].join('\n\n')}\n`;
}

function page({ id, severity, mode, group, tags, summary, docs }: Rule): string {
  const facts = [
    ['severity', severity],
    ['mode', mode === 'recommended' ? 'recommended (the default)' : mode],
    ['group', GROUPS[group]],
    ['tags', tags.join(', ')],
  ];
  return `${[
    `# ${id}`,
    `${summary}.`,
    ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
    '## Why',
    docs.why,
    '## Bad',
    yaml(docs.bad),
    '## Fixed',
    yaml(docs.good),
    ...(docs.unless === undefined ? [] : ['## When not to use it', docs.unless]),
    '## How to silence it',
    'For one place, a comment on the line before; it covers the whole value that begins there:',
    yaml(`# promptsmith-disable-next-line ${id} -- why it is right here`),
    'For the project, or some of its files, in `.promptsmith.yaml`:',
    yaml(`rules:\n  ${id}: off`),
    '[All rules](README.md)',
  ].join('\n\n')}\n`;
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text}\n\`\`\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
