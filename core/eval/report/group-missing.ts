import type { ModelErrorKind } from '../model.ts';
import { suggestRemedy } from '../run/suggest-remedy.ts';
import type { CaseFacts } from './case-facts.ts';
import type { CaseLog } from './case-log.ts';
import { formatReason, listFailureReasons } from './list-failures.ts';
import type { CaseSummary } from './summary.ts';

/** Answers and verdicts of one model that are missing for the same reason. */
export interface MissingGroup {
  readonly model: string;
  /** The reason, of the first of them. */
  readonly text: string;
  /** Null if the answer came and could not be judged. */
  readonly kind: ModelErrorKind | null;
  /** What to do about it; null if the reason says so itself. */
  readonly remedy: string | null;
  /** The number of missing answers (case × repeat). */
  readonly count: number;
  /** The cases that lack them. */
  readonly cases: readonly MissingCase[];
}

export type MissingCase = Pick<CaseFacts, 'id' | 'name' | 'file' | 'line'>;

export interface MissingSources {
  readonly cases: readonly CaseSummary[];
  readonly log: Pick<CaseLog, 'listFailures'>;
  readonly facts: ReadonlyMap<string, CaseFacts>;
  /** The model of cases that name none. */
  readonly model: string;
}

/** Groups what is missing by model and reason, in the order of the models' first cases, the most first. */
export function groupMissing({ cases, log, facts, model: only }: MissingSources): MissingGroup[] {
  const groups = new Map<string, MissingGroup & { cases: MissingCase[]; count: number }>();
  for (const { id, model = only, missing = 0 } of cases) {
    if (missing === 0) continue;
    const known = log.listFailures(id, model).filter(({ outcome }) => outcome === 'errored');
    const reasons = known.map((failure) => ({
      text: listFailureReasons(failure).map(formatReason).join('; ') || NO_REASON,
      error: failure.error ?? null,
    }));
    // A run of an older version, or a part of it, may not say why.
    while (reasons.length < missing) reasons.push({ text: NO_REASON, error: null });
    for (const { text, error } of reasons) {
      const key = `${model}|${error?.kind ?? ''}|${text.replace(/\d+(?:\.\d+)?/g, '#')}`;
      const group = groups.get(key) ?? {
        model,
        text,
        kind: error?.kind ?? null,
        remedy: error ? suggestRemedy(error) : null,
        count: 0,
        cases: [],
      };
      groups.set(key, group);
      group.count++;
      const { name = id, file = '', line = null } = facts.get(id) ?? {};
      if (group.cases.at(-1)?.id !== id) group.cases.push({ id, name, file, line });
    }
  }
  const models = [...new Set(cases.map(({ model = only }) => model))];
  return [...groups.values()].sort(
    (a, b) => models.indexOf(a.model) - models.indexOf(b.model) || b.count - a.count,
  );
}

const NO_REASON = 'no answer is stored';
