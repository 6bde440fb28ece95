import type { Rule } from '../../lint/engine/rule.ts';
import type { Row } from '../../prompt/document.ts';
import { nodeEnd } from '../../prompt/edit.ts';
import type { Edit } from '../../text.ts';
import { findTextValues } from './text-values.ts';

export const rowAlias: Rule = {
  id: 'row-alias',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'safe',
  summary: 'A row’s values are nested under `inputs`, `variables` or `vars`',
  convertsAliases: true,
  docs: {
    why: 'In this format each key of a row is a variable. Promptsmith reads values nested under `inputs`, `variables` or `vars`, as other tools write them, as if they were in the row itself. Other readers see one variable of that name and fill no placeholder. If the values are one text, `vars: "country: France"`, nobody reads them.',
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - inputs:
      country: France
    expected: Paris`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris`,
    unless: 'The file is shared with the tool that uses this form.',
  },
  *check(context) {
    yield* findTextValues(context);
    const { rows, text } = context.prompt;
    const nested = rows.filter((row) => row.nestedUnder);
    const first = nested[0]?.nestedUnder;
    if (!first) return;
    const key = first.key.source;
    const edits = nested.flatMap((row) => flatten(row, text) ?? []);
    const more = nested.length > 1 ? ` (${nested.length} rows)` : '';
    const message = `Other readers take \`${key}\` for a variable and fill no placeholder. Write its values in the row itself${more}.`;
    const fix = { title: `Move the values into the row`, safe: true, edits };
    yield { message, span: first.key.span, ...(edits.length > 0 ? { fixes: [fix] } : {}) };
  },
};

/** Removes the nesting key and outdents its lines; null if that is not safely possible. */
function flatten({ nestedUnder, values }: Row, text: string): Edit[] | null {
  if (!nestedUnder) return null;
  const { key, value } = nestedUnder;
  const first = value.type === 'map' ? value.entries[0] : undefined;
  if (value.type !== 'map' || value.flow || value.alias || !first) return null;
  // A row's own value wins over a nested one of the same name, so the key would be duplicated.
  if (!value.entries.every((entry) => values.get(entry.key.source)?.node === entry.value))
    return null;
  const between = text.slice(key.span.end, first.span.start);
  if (!/^:\s*\n *$/.test(between)) return null;
  const width = findColumn(first.span.start, text) - findColumn(key.span.start, text);
  const edits: Edit[] = [{ span: { start: key.span.start, end: first.span.start }, text: '' }];
  const end = nodeEnd(value, text);
  for (
    let at = text.indexOf('\n', first.span.start) + 1;
    at > 0 && at < end;
    at = text.indexOf('\n', at) + 1
  ) {
    const blank = /^ */.exec(text.slice(at, at + 200))?.[0].length ?? 0;
    const isEmpty = /[\r\n]/.test(text[at + blank] ?? '\n');
    if (blank < width && !isEmpty) return null;
    edits.push({ span: { start: at, end: at + Math.min(width, blank) }, text: '' });
  }
  return width > 0 ? edits : null;
}

function findColumn(offset: number, text: string): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
