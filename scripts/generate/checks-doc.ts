import type { Check, CheckParameter } from '#core/eval/checks/check.ts';
import { FIVE_POINT_JUDGES } from '#core/eval/checks/github-judge.ts';
import { CHECKS } from '#core/eval/checks/index.ts';
import { TRANSFORMS } from '#core/eval/checks/transform.ts';
import { betweenMarkers } from './between-markers.ts';

/**
 * docs/format.md with the tables of check kinds and transforms. Throws when a kind with a key of its own,
 * such as `string`, has no paragraph there.
 */
export function checksDoc(current: string): string {
  for (const { kind } of checksOf('base')) {
    if (!current.includes(`**\`${kind}\`**`))
      throw new Error(`docs/format.md has no **\`${kind}\`**`);
  }
  const tables = {
    'check-kinds': checkKinds(),
    'github-judges': judges(),
    transforms: transforms(),
  };
  return Object.entries(tables).reduce(
    (text, [name, table]) => betweenMarkers(text, name, table),
    current,
  );
}

function checkKinds(): string {
  const rows = checksOf('promptsmith').map(({ kind, summary, parameters }) => [
    `\`${kind}\``,
    summary,
    parameters.map(parameterText).join('<br>'),
  ]);
  return table(['kind', 'check', 'parameters'], rows);
}

function judges(): string {
  const rows = FIVE_POINT_JUDGES.map(({ kind, summary, needs }) => [
    `\`github/${kind}\``,
    summary,
    [...needs.map((need) => (need === 'input' ? 'request' : `\`${need}\``)), 'answer'].join(', '),
  ]);
  return table(['kind', 'what is graded', 'input'], rows);
}

function transforms(): string {
  const rows = Object.entries(TRANSFORMS).map(([name, summary]) => [`\`${name}\``, `${summary}.`]);
  return table(['transform', 'the check gets'], rows);
}

function parameterText(parameter: CheckParameter): string {
  const { name, description, required, fallsBackToExpected, oneOf, default: preset } = parameter;
  const values = oneOf?.map((value) => `\`${value}\``).join(', ');
  const notes = [
    ...(fallsBackToExpected ? ['*expected*'] : required ? ['required'] : []),
    ...(values === undefined ? [] : [values]),
    ...(preset === undefined || preset === '' ? [] : [`default \`${preset}\``]),
  ];
  return `\`${name}\`${notes.length === 0 ? '' : ` (${notes.join('; ')})`}: ${description}`;
}

function checksOf(namespace: Check['namespace']): readonly Check[] {
  return CHECKS.filter((check) => check.namespace === namespace);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
