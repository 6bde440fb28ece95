import type { Acceptance, PromptDocument } from '../prompt/document.ts';
import type { Json } from '../prompt/node.ts';
import type { Change } from './change.ts';
import { compareEvaluators } from './compare-evaluators.ts';
import { compareMembers, compareValues } from './compare-values.ts';

/** Lists what differs between the evaluators, derived metrics and acceptance criteria of two prompts. */
export function compareChecks(before: PromptDocument, after: PromptDocument): Change[] {
  return [
    ...compareEvaluators(before.evaluators, after.evaluators),
    ...compareMetrics(before, after),
    ...compareAcceptance(before.acceptance, after.acceptance),
  ];
}

function compareMetrics(before: PromptDocument, after: PromptDocument): Change[] {
  const find = ({ derivedMetrics }: PromptDocument, name: string) =>
    derivedMetrics.find((one) => one.name === name)?.text;
  const all = [...before.derivedMetrics, ...after.derivedMetrics].map(({ name }) => name);
  return [...new Set(all)].flatMap((name) => {
    const which = `the derived metric "${name}"`;
    const kind = { part: 'evaluators', bump: 'minor' } as const;
    return compareValues(kind, which, find(before, name), find(after, name));
  });
}

function compareAcceptance(was: Acceptance | null, is: Acceptance | null): Change[] {
  const kind = { part: 'acceptance', bump: 'minor' } as const;
  if (!was || !is) {
    if (was === is) return [];
    return [{ ...kind, text: `acceptance was ${is ? 'added' : 'removed'}` }];
  }
  return compareMembers(kind, 'acceptance', was as Json, is as Json);
}
