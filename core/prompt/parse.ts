import { detectOtherFormat, firstLine } from './detect-format.ts';
import type {
  Acceptance,
  Budget,
  DerivedMetric,
  ParseProblem,
  PromptDocument,
  Variable,
} from './document.ts';
import {
  child,
  findEntry,
  type Json,
  type MapNode,
  type Node,
  readNumber,
  readString,
  type ScalarNode,
  toJson,
} from './node.ts';
import { collectOddKeys } from './odd-keys.ts';
import { readEvaluators } from './read-evaluators.ts';
import { readMessages } from './read-messages.ts';
import { readExtra, readParameters, resolveParameters } from './read-parameters.ts';
import { readRows } from './read-rows.ts';
import { readVariables } from './read-variables.ts';
import { readVariants } from './read-variants.ts';
import { parseYaml, type YamlTree } from './yaml.ts';

/** Larger files get one finding and are not parsed. In UTF-16 units; a byte count is never smaller. */
export const MAX_LENGTH = 1024 * 1024;

/**
 * Reads a `.prompt.yaml` text. Never throws and never hangs: `problems` lists what is wrong, and
 * everything that could be read is in the document. Spans are UTF-16 offsets in `text`.
 */
export function parsePrompt(text: string): PromptDocument {
  if (text.length > MAX_LENGTH) {
    const message = `This file is larger than ${MAX_LENGTH / 1024 / 1024} MiB and was not read. Move test data to a file under \`testFiles\`.`;
    return read(text, { root: null, problems: [], second: null, tags: [] }, 'too-large', [
      { code: 'file-size', message, span: firstLine(text) },
    ]);
  }
  return readPrompt(text, parseYaml(text));
}

/** Like `parsePrompt`, from the tree that `parseYaml` returns for the text. */
export function readPrompt(text: string, yaml: YamlTree): PromptDocument {
  const problems: ParseProblem[] = yaml.problems.map(({ message, span }) => ({
    code: 'syntax',
    message,
    span,
  }));
  if (yaml.second) {
    const message = 'Only the first YAML document is read. Move the second prompt to its own file.';
    problems.push({ code: 'second-document', message, span: yaml.second });
  }
  for (const span of yaml.tags) {
    const tag = text.slice(span.start, span.end);
    const message = `\`${tag}\` has no meaning here: what follows it is used as it stands.`;
    problems.push({ code: 'foreign-tag', message, span });
  }
  const foreign = detectOtherFormat(yaml, text);
  if (foreign) problems.push(foreign);
  return read(text, yaml, foreign ? 'not-a-prompt' : 'prompt', problems);
}

function read(
  text: string,
  yaml: YamlTree,
  kind: PromptDocument['kind'],
  problems: ParseProblem[],
): PromptDocument {
  const root = kind === 'prompt' && yaml.root?.type === 'map' ? yaml.root : null;
  const variables: Variable[] = readVariables(child(root, 'variables'));
  const oddKeys = collectOddKeys(root, variables, text);
  const messages = readMessages(root, text, oddKeys);
  const placeholders = new Set(
    messages.flatMap((m) => m.content?.placeholders.map((p) => p.name) ?? []),
  );
  const parameterEntries = readParameters(root);
  const modelNode = child(root, 'model') ?? null;
  const model = modelNode?.type === 'scalar' ? String(modelNode.value ?? '').trim() : '';
  const responseFormat = child(root, 'responseFormat') ?? child(root, 'response_format');
  return {
    text,
    kind,
    problems,
    root: yaml.root,
    broken: yaml.problems.length > 0,
    name: findScalar(root, 'name'),
    description: findScalar(root, 'description'),
    id: readString(child(root, 'id')) ?? null,
    version: findScalar(root, 'version'),
    tags: readStrings(child(root, 'tags')),
    metadata: readMetadata(root),
    modelNode,
    model: model === '' ? null : model,
    candidates: listItems(root, 'candidates').map(({ text: id, span }) => ({ id, span })),
    parameterEntries,
    parameters: resolveParameters(parameterEntries, readExtra(root)),
    responseFormat: readString(responseFormat) ?? null,
    jsonSchema: findScalar(root, 'jsonSchema'),
    messages,
    variables,
    oddKeys,
    declares: findEntry(root, 'variables') !== undefined,
    rows: readRows(root, { placeholders, oddKeys, text }),
    testFiles: listItems(root, 'testFiles').map(({ text: pattern, span }) => ({ pattern, span })),
    variants: readVariants(child(root, 'variants')),
    evaluators: readEvaluators(child(root, 'evaluators'), text, oddKeys),
    derivedMetrics: readDerivedMetrics(child(root, 'derivedMetrics')),
    acceptance: readAcceptance(child(root, 'acceptance')),
    budget: readBudget(child(root, 'budget')),
  };
}

function findScalar(root: MapNode | null, key: string): ScalarNode | null {
  const node = child(root, key);
  return node?.type === 'scalar' ? node : null;
}

function listItems(root: MapNode | null, key: string): { text: string; span: Node['span'] }[] {
  const node = child(root, key);
  const items = node?.type === 'list' ? node.items : [];
  return items.flatMap((item) => {
    const text = readString(item);
    return text === undefined ? [] : [{ text, span: item.span }];
  });
}

function readStrings(node: Node | undefined): string[] {
  return node?.type === 'list'
    ? node.items.flatMap((item) =>
        item.type === 'scalar' && item.value !== null ? [item.source] : [],
      )
    : [];
}

function readMetadata(root: MapNode | null): Readonly<Record<string, Json>> {
  const node = child(root, 'metadata');
  return node?.type === 'map' ? (toJson(node) as Record<string, Json>) : {};
}

function readAcceptance(node: Node | undefined): Acceptance | null {
  if (node?.type !== 'map') return null;
  const metrics = child(node, 'metrics');
  const named =
    metrics?.type === 'map'
      ? metrics.entries.flatMap(({ key, value }) => toPair(key.source, readNumber(value)))
      : [];
  return {
    ...readNumbers(node, ['passRate', 'p95LatencyMs', 'maxCostPerCall', 'errorRate']),
    ...(named.length > 0 ? { metrics: Object.fromEntries(named) } : {}),
  };
}

function readDerivedMetrics(node: Node | undefined): DerivedMetric[] {
  if (node?.type !== 'map') return [];
  return node.entries.flatMap(({ key, value }) =>
    value.type === 'scalar' && value.value !== null
      ? [{ name: key.source, text: value.source, span: value.span }]
      : [],
  );
}

function readBudget(node: Node | undefined): Budget | null {
  if (node?.type !== 'map') return null;
  return readNumbers(node, ['maxInputTokens', 'maxCostPerCall', 'maxCostPerRun', 'maxLatencyMs']);
}

function readNumbers<K extends string>(node: MapNode, keys: readonly K[]): { [P in K]?: number } {
  return Object.fromEntries(keys.flatMap((key) => toPair(key, readNumber(child(node, key))))) as {
    [P in K]?: number;
  };
}

function toPair(key: string, value: number | undefined): [string, number][] {
  return value === undefined ? [] : [[key, value]];
}
