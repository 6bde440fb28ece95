import type { Change } from './change.ts';

/** Summarizes the parts in which two prompts differ: `2 messages, 1 check, test data`. */
export function summarizeChanges(changes: readonly Change[]): string {
  const counts = new Map<Change['part'], number>();
  for (const { part } of changes) counts.set(part, (counts.get(part) ?? 0) + 1);
  return [...counts].map(([part, n]) => PARTS[part](n)).join(', ');
}

const several = (one: string, many: string) => (n: number) =>
  n === 1 ? `1 ${one}` : `${n} ${many}`;
const only = (name: string) => () => name;

const PARTS: Readonly<Record<Change['part'], (n: number) => string>> = {
  messages: several('message', 'messages'),
  variables: several('variable', 'variables'),
  parameters: several('parameter', 'parameters'),
  evaluators: several('check', 'checks'),
  model: only('the model'),
  format: only('the format'),
  acceptance: only('acceptance'),
  data: only('test data'),
  metadata: only('metadata'),
};
