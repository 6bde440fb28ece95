import { collectTemplates } from '#core/lint/placed-template.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { Node, ScalarNode } from '#core/prompt/node.ts';
import { child } from '#core/prompt/node.ts';
import { mapScalar } from '#core/prompt/scalar.ts';
import type { Span } from '#core/text.ts';

/** One occurrence of a variable's name. */
export interface Occurrence {
  readonly name: string;
  /** `value`: a key of a test row. */
  readonly kind: 'declaration' | 'placeholder' | 'value';
  /** The name without braces and quotes. */
  readonly span: Span;
  /** How the scalar that contains it is written. */
  readonly style: ScalarNode['style'];
}

/** Names that the runner sets in the prompt of a judge. They are not variables there. */
const RUNNER_NAMES: ReadonlySet<string> = new Set(['completion']);

/** Every occurrence of every variable in file order, without duplicates from aliases. */
export function listOccurrences(prompt: PromptDocument): Occurrence[] {
  const found = new Map<number, Occurrence>();
  const add = (name: string, kind: Occurrence['kind'], span: Span, { style }: ScalarNode): void => {
    if (!found.has(span.start)) found.set(span.start, { name, kind, span, style });
  };
  for (const { name, node } of listDeclarations(prompt))
    add(name, 'declaration', findNameSpan(node, prompt.text), node);
  for (const { template, place } of collectTemplates(prompt)) {
    for (const { name, nameSpan: span } of template.placeholders)
      if (place !== 'judge' || !RUNNER_NAMES.has(name))
        add(name, 'placeholder', span, template.node);
  }
  for (const { name, node } of listRowKeys(prompt))
    add(name, 'value', findNameSpan(node, prompt.text), node);
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

/** The occurrences of one variable. */
export function findOccurrences(prompt: PromptDocument, name: string): Occurrence[] {
  return listOccurrences(prompt).filter((occurrence) => occurrence.name === name);
}

/** The variable at an offset: on its name, or on the braces around it. */
export function findOccurrence(prompt: PromptDocument, offset: number): Occurrence | null {
  const all = listOccurrences(prompt);
  const reach = ({ kind }: Occurrence): number => (kind === 'placeholder' ? 2 : 0);
  const on = all.find(({ span }) => span.start <= offset && offset <= span.end);
  return (
    on ??
    all.find((o) => o.span.start - reach(o) <= offset && offset < o.span.end + reach(o)) ??
    null
  );
}

/** Every name that is declared, used or set, in order of first occurrence. */
export function listVariableNames(prompt: PromptDocument): string[] {
  return [...new Set(listOccurrences(prompt).map((occurrence) => occurrence.name))];
}

function listDeclarations(prompt: PromptDocument): { name: string; node: ScalarNode }[] {
  const node = prompt.kind === 'prompt' ? child(prompt.root, 'variables') : undefined;
  if (node?.type === 'map') return node.entries.map(({ key }) => ({ name: key.source, node: key }));
  const items = node?.type === 'list' ? node.items : [];
  return items.flatMap((item) => {
    const name = child(item, 'name');
    return name?.type === 'scalar' && typeof name.value === 'string'
      ? [{ name: name.value, node: name }]
      : [];
  });
}

/** The variable keys of all rows, including those of a nested map. */
function listRowKeys(prompt: PromptDocument): { name: string; node: ScalarNode }[] {
  const list = prompt.kind === 'prompt' ? child(prompt.root, 'testData') : undefined;
  const items: readonly Node[] = list?.type === 'list' ? list.items : [];
  return items.flatMap((item, i) => {
    if (item.type !== 'map') return [];
    const nested = prompt.rows[i]?.nestedUnder;
    const inner = nested?.value.type === 'map' ? nested.value.entries : [];
    return [...item.entries.filter((e) => e !== nested && e.key.source !== '$case'), ...inner].map(
      ({ key }) => ({ name: key.source, node: key }),
    );
  });
}

function findNameSpan(node: ScalarNode, text: string): Span {
  if (node.style === 'plain') return node.token;
  const map = mapScalar(node, text);
  return map.span(0, map.value.length);
}
