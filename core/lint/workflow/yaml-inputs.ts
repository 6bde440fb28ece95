import { findEntry, type MapEntry, type Node, type ScalarNode } from '../../prompt/node.ts';
import { readTemplate, type Template } from '../../prompt/template.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import type { Span } from '../../text.ts';
import type { CallInput } from '../engine/facts.ts';
import { findExpressions, isJson } from './expression.ts';
import type { ReachedStep } from './repository.ts';

/** Reads what `input:` passes to the variables: YAML text whose expressions are evaluated before it is parsed. */
export function readInputs(given: Node | undefined, reached: ReachedStep): CallInput[] {
  const { file, flow, step } = reached;
  const template = yamlInput(given, 'input', file.text);
  if (!template) return [];
  const expressions = findExpressions(template.text);
  const values = mapIn(maskExpressions(template.text, expressions));
  const inputs = expressions.map(({ text: expression, start }): CallInput => {
    const at = { start, end: start + expression.length };
    const entry = values.find(({ span }) => span.start <= at.start && at.end <= span.end);
    return {
      name: entry?.key.source ?? '',
      expression: expression.replace(/\s+/g, ' '),
      span: template.span(at.start, at.end),
      ...flow.trace(expression, step),
      raw: entry === undefined || isJson(expression) ? null : rawness(entry.value, at),
    };
  });
  for (const { key, value, span } of values) {
    if (expressions.some(({ start }) => span.start <= start && start < span.end)) continue;
    inputs.push({
      name: key.source,
      expression: template.text.slice(value.span.start, value.span.end).slice(0, 80),
      span: template.span(value.span.start, value.span.end),
      trust: 'trusted',
      confidence: 'high',
      kind: 'text',
      raw: null,
    });
  }
  return inputs;
}

/** Reads what `file_input:` passes: the content of files, by what wrote them. */
export function readFileInputs(given: Node | undefined, reached: ReachedStep): CallInput[] {
  const { file, flow, step } = reached;
  const template = yamlInput(given, 'file_input', file.text);
  if (!template) return [];
  const entries = mapIn(maskExpressions(template.text, findExpressions(template.text)));
  return entries.map(({ key, value }) => {
    const written = template.text.slice(value.span.start, value.span.end);
    const path = flow.resolve(written, step).replace(/^(['"])(.*)\1$/s, '$2');
    const origin = flow.traceFile(path);
    return {
      name: key.source,
      expression: written.slice(0, 120),
      span: template.span(value.span.start, value.span.end),
      ...origin,
      kind: origin.kind === 'model' ? 'model' : 'file',
      raw: null,
    };
  });
}

/** Reads the expressions of an input that is sent as it is, such as `prompt`; the text itself has no name. */
export function readTextInput(
  given: Node | undefined,
  name: string,
  { file, flow, step }: ReachedStep,
): CallInput[] {
  const template = yamlInput(given, name, file.text);
  if (!template) return [];
  return findExpressions(template.text).map(({ text: expression, start }) => ({
    name,
    expression: expression.replace(/\s+/g, ' '),
    span: template.span(start, start + expression.length),
    ...flow.trace(expression, step),
    raw: null,
  }));
}

function rawness({ span, type }: Node, at: Span): 'whole' | 'part' {
  return type === 'scalar' && span.start === at.start && span.end === at.end ? 'whole' : 'part';
}

function yamlInput(given: Node | undefined, name: string, text: string): Template | null {
  const node = findEntry(given, name)?.value;
  return node?.type === 'scalar' && typeof node.value === 'string'
    ? readTemplate(node as ScalarNode, text)
    : null;
}

function mapIn(text: string): readonly MapEntry[] {
  const { root } = parseYaml(text);
  return root?.type === 'map' ? root.entries : [];
}

/** Replaces each expression by a word of the same length, so that the text can be parsed as YAML. */
function maskExpressions(text: string, expressions: ReturnType<typeof findExpressions>): string {
  let out = '';
  let at = 0;
  for (const { text: expression, start } of expressions) {
    out += text.slice(at, start) + 'x'.repeat(expression.length);
    at = start + expression.length;
  }
  return out + text.slice(at);
}
