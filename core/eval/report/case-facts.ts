import { LineMap } from '../../text.ts';
import { nameCases } from '../plan/name-case.ts';
import type { Plan } from '../plan/plan.ts';

/** A case as reports show it. */
export interface CaseFacts {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The file of its row. */
  readonly file: string;
  /** The line of its row, starting at 1; null if it is not known. */
  readonly line: number | null;
  /** The row's values without `expected`, as they are sent. */
  readonly input: readonly (readonly [name: string, text: string])[];
  /** The row's `expected`. */
  readonly expected: string | null;
  readonly tags: readonly string[];
  readonly must: boolean;
}

export interface CaseFactsOptions {
  /** The path of the prompt file for display. */
  readonly path: string;
  /** Removes secrets from a text. */
  readonly hidden: (text: string) => string;
  /** Variables whose values are not shown. */
  readonly redacted?: readonly string[];
}

/** What reports say about the cases of a plan, by id. */
export function listCaseFacts(
  { cases, document }: Pick<Plan, 'cases' | 'document'>,
  { path, hidden, redacted = [] }: CaseFactsOptions,
): ReadonlyMap<string, CaseFacts> {
  const lines = new LineMap(document.text);
  const names = nameCases(cases, hideIn(cases, hidden, redacted));
  return new Map(
    cases.map((item) => {
      const { row } = item;
      const shown = [...row.values.values()].map(
        ({ name, text }) =>
          [name, redacted.includes(name) ? `[redacted: ${name}]` : hidden(text)] as const,
      );
      return [
        item.id,
        {
          id: item.id,
          name: names.get(item.id) ?? item.id,
          file: row.file ?? path,
          line:
            row.file === undefined ? lines.position(row.span.start).line + 1 : (row.line ?? null),
          input: shown.filter(([name]) => name !== EXPECTED),
          expected: shown.find(([name]) => name === EXPECTED)?.[1] ?? null,
          tags: item.tags,
          must: item.must,
        },
      ] as const;
    }),
  );
}

/** The key of a row with what the answer should be. */
const EXPECTED = 'expected';

/** Hides whole values that are not shown, besides secrets. */
function hideIn(
  cases: Plan['cases'],
  hidden: CaseFactsOptions['hidden'],
  redacted: readonly string[],
): (text: string) => string {
  const marks = new Map(
    cases.flatMap(({ row }) =>
      redacted.flatMap((name) => {
        const text = row.values.get(name)?.text;
        return text === undefined ? [] : [[text, `[redacted: ${name}]`] as const];
      }),
    ),
  );
  return (text) => marks.get(text) ?? hidden(text);
}

/** `prompts/triage.prompt.yaml:16`, or the file alone. */
export function formatPlace({ file, line }: Pick<CaseFacts, 'file' | 'line'>): string {
  return line === null ? file : `${file}:${line}`;
}
