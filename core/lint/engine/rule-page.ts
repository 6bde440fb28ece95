import type { Rule } from './rule.ts';

/** The names of the rule groups, in the order of the pages. */
export const RULE_GROUPS: Readonly<Record<Rule['group'], string>> = {
  format: 'Format',
  variables: 'Variables',
  injection: 'Template injection',
  files: 'Across files',
  judges: 'Judges',
  'hidden-text': 'Hidden text',
  secrets: 'Secrets and personal data',
  'golden-set': 'Payloads and golden set',
  cost: 'Cost and limits',
  contradictions: 'Contradictions',
};

/** The path of a rule's page in the package. */
export function rulePagePath(id: string): string {
  return `docs/rules/${id}.md`;
}

/** Describes what a rule's fixes do. */
export function describeFix({ fix }: Rule): string {
  switch (fix) {
    case 'safe':
      return 'safe: applied by `check --fix`';
    case 'unsafe':
      return 'changes what is sent: review it first';
    case undefined:
      return 'none';
    default:
      return fix satisfies never;
  }
}

/** A part of a section: prose in Markdown, or YAML. */
export interface RulePagePart {
  readonly kind: 'prose' | 'yaml';
  readonly text: string;
}

/** A section of a rule's page. */
export interface RulePageSection {
  readonly heading: string;
  readonly parts: readonly RulePagePart[];
}

/** Lists the sections of a rule's page, for Markdown and for terminals. */
export function listRulePageSections({ id, docs }: Rule): RulePageSection[] {
  const prose = (text: string): RulePagePart => ({ kind: 'prose', text });
  const yaml = (text: string): RulePagePart => ({ kind: 'yaml', text });
  return [
    { heading: 'Why', parts: [prose(docs.why)] },
    { heading: 'Bad', parts: [yaml(docs.bad)] },
    { heading: 'Fixed', parts: [yaml(docs.good)] },
    ...(docs.unless === undefined
      ? []
      : [{ heading: 'When not to use it', parts: [prose(docs.unless)] }]),
    {
      heading: 'How to suppress it',
      parts: [
        prose(
          'In one place, with a comment on the line before; it covers the whole value that begins there:',
        ),
        yaml(`# promptsmith-disable-next-line ${id} -- why it is acceptable here`),
        prose('In the project, or some of its files, in `.promptsmith.yaml`:'),
        yaml(`rules:\n  ${id}: off`),
      ],
    },
  ];
}

/** Renders the page of a rule as Markdown. */
export function renderRulePage(rule: Rule): string {
  const { id, severity, mode, group, tags, summary } = rule;
  const facts = [
    ['severity', severity],
    ['mode', mode === 'recommended' ? 'recommended (the default)' : mode],
    ['group', RULE_GROUPS[group]],
    ['fix', describeFix(rule)],
    ['tags', tags.join(', ')],
  ];
  return [
    `# ${id}`,
    `${summary}.`,
    ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
    ...listRulePageSections(rule).flatMap(({ heading, parts }) => [
      `## ${heading}`,
      ...parts.map(({ kind, text }) => (kind === 'yaml' ? `\`\`\`yaml\n${text}\n\`\`\`` : text)),
    ]),
  ].join('\n\n');
}
