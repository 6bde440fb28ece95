import type { PromptDocument } from '../prompt/document.ts';
import { findPlaceholders, isName, type Placeholder, type Template } from '../prompt/template.ts';
import type { TextReadings } from './engine/text-readings.ts';
import { findForeignTokens } from './foreign-syntax.ts';
import type { PlacedTemplate } from './placed-template.ts';

/** Where the variables of a prompt are used, each with its first placeholder. */
export interface VariableUses {
  readonly messages: ReadonlyMap<string, Placeholder>;
  /** In the file's evaluators. A judge's `{{completion}}` is not a variable. */
  readonly evaluators: ReadonlyMap<string, Placeholder>;
  /** Every name in any template, including a row's own evaluators and foreign syntax. */
  readonly names: ReadonlySet<string>;
}

/** Collects the variables that placeholders refer to. */
export function collectVariableUses(
  prompt: PromptDocument,
  templates: readonly PlacedTemplate[],
  readings: TextReadings,
  testFileKeys: ReadonlySet<string> | null | undefined,
): VariableUses {
  const messages = new Map<string, Placeholder>();
  const evaluators = new Map<string, Placeholder>();
  const names = new Set<string>();
  const oddKeys = listOddKeys(prompt, testFileKeys);
  for (const { template, place, row } of templates) {
    const uses = place === 'message' ? messages : evaluators;
    for (const placeholder of [...template.placeholders, ...findOdd(template, oddKeys)]) {
      const { name } = placeholder;
      if (isAnswer(name, place)) continue;
      names.add(name);
      if (row === null && !uses.has(name)) uses.set(name, placeholder);
    }
    for (const { name } of readings.get(findForeignTokens, template.text))
      if (name) names.add(name);
  }
  for (const { body } of prompt.evaluators)
    if (body.type === 'llm')
      for (const { name } of body.systemPrompt?.placeholders ?? []) names.add(name);
  return { messages, evaluators, names };
}

/** The keys of test files that no name looks like, and that the prompt does not know. */
function listOddKeys(
  { oddKeys }: PromptDocument,
  testFileKeys: ReadonlySet<string> | null | undefined,
): ReadonlySet<string> {
  return new Set([...(testFileKeys ?? [])].filter((key) => !isName(key) && !oddKeys.has(key)));
}

function findOdd({ text, span }: Template, oddKeys: ReadonlySet<string>): Placeholder[] {
  if (oddKeys.size === 0) return [];
  return findPlaceholders(text, oddKeys)
    .filter(({ name }) => oddKeys.has(name))
    .map(({ name, start, end }) => ({
      name,
      value: { start, end },
      span: span(start, end),
      nameSpan: span(start + 2, end - 2),
    }));
}

/** True for `{{completion}}` in a judge's prompt, where it is the answer. Elsewhere it is an ordinary name. */
export function isAnswer(name: string, place: PlacedTemplate['place']): boolean {
  return name === 'completion' && place === 'judge';
}

/** Collects the names that declarations, rows and loaded test files define, whatever their values. */
export function collectGivenNames(
  { variables, rows }: PromptDocument,
  testFileKeys: ReadonlySet<string> | null | undefined,
): Set<string> {
  const names = new Set(testFileKeys ?? []);
  for (const { name } of variables) names.add(name);
  for (const { values } of rows) for (const name of values.keys()) names.add(name);
  return names;
}
