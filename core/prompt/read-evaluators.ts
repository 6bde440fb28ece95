import type { Evaluator, EvaluatorBody, JudgeChoice, StringCriterion } from './document.ts';
import { child, type MapNode, type Node, readNumber, readString, type ScalarNode } from './node.ts';
import { readTemplate, type Template } from './template.ts';

const CRITERIA = ['equals', 'contains', 'startsWith', 'endsWith'] as const;

/** Reads the entries of `evaluators`. Foreign spellings are read as the kind they mean, with `aliasOf` set. */
export function readEvaluators(
  node: Node | undefined,
  text: string,
  oddKeys: ReadonlySet<string>,
): Evaluator[] {
  if (node?.type !== 'list') return [];
  return node.items.map((item, index) =>
    readEvaluator(item, index, (scalar) => readTemplate(scalar, text, oddKeys)),
  );
}

type ReadTemplate = (node: ScalarNode) => Template;

function readEvaluator(node: Node, index: number, read: ReadTemplate): Evaluator {
  const map = node.type === 'map' ? node : null;
  const { body, aliasOf } = readBody(map, read);
  const nameNode = child(map, 'name');
  const name = nameNode?.type === 'scalar' && nameNode.value !== null ? nameNode.source : '';
  const threshold = readNumber(child(map, 'threshold'));
  const metric = readString(child(map, 'metric'));
  const transform = readString(child(map, 'transform'));
  return {
    index,
    name: name.trim() || deriveName(body, index),
    span: node.span,
    nameSpan: nameNode?.span ?? node.span,
    body,
    weight: readNumber(child(map, 'weight')) ?? 1,
    node,
    ...(threshold === undefined ? {} : { threshold }),
    ...(metric === undefined ? {} : { metric }),
    ...(transform === undefined ? {} : { transform }),
    ...(aliasOf === undefined ? {} : { aliasOf }),
  };
}

function readBody(
  map: MapNode | null,
  read: ReadTemplate,
): { body: EvaluatorBody; aliasOf?: string } {
  const string = child(map, 'string');
  if (string?.type === 'map')
    return { body: { type: 'string', criteria: readCriteria(string, read) } };
  const llm = child(map, 'llm');
  if (llm?.type === 'map') return { body: readJudge(llm, read) };
  const uses = readString(child(map, 'uses'));
  if (uses !== undefined) return { body: usesBody(uses.trim(), child(map, 'with') ?? null) };
  const regex = child(map, 'regex');
  if (regex) return { body: usesBody('promptsmith/regex', readPattern(regex)), aliasOf: 'regex' };
  const type = readString(child(map, 'type'));
  if (type !== undefined) {
    const kind = type
      .trim()
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^regex-match$/, 'regex');
    return {
      body: usesBody(`promptsmith/${kind}`, child(map, 'pattern') ?? child(map, 'value') ?? null),
      aliasOf: 'type',
    };
  }
  return { body: { type: 'none' } };
}

/** Reads `regex: "a+"` or `regex: {pattern: "a+"}`. */
function readPattern(node: Node): Node {
  return child(node, 'pattern') ?? child(node, 'value') ?? node;
}

function usesBody(uses: string, parameters: Node | null): EvaluatorBody {
  const own = /^promptsmith\/(not-)?(.+)$/.exec(uses);
  return {
    type: 'uses',
    uses,
    kind: own?.[2] ?? null,
    negated: own?.[1] !== undefined,
    with: parameters,
  };
}

function readCriteria(node: MapNode, read: ReadTemplate): StringCriterion[] {
  return CRITERIA.flatMap((kind) => {
    const template = readOptionalTemplate(child(node, kind), read);
    return template ? [{ kind, template }] : [];
  });
}

function readJudge(node: MapNode, read: ReadTemplate): EvaluatorBody {
  const choices = child(node, 'choices');
  return {
    type: 'llm',
    modelId: readString(child(node, 'modelId')) ?? null,
    prompt: readOptionalTemplate(child(node, 'prompt'), read),
    systemPrompt: readOptionalTemplate(child(node, 'systemPrompt'), read),
    choices: choices?.type === 'list' ? choices.items.flatMap(readChoice) : [],
  };
}

function readChoice(node: Node): JudgeChoice[] {
  const choice = child(node, 'choice');
  const score = readNumber(child(node, 'score'));
  if (choice?.type !== 'scalar' || choice.value === null) return [];
  return [{ choice: choice.source, score: score ?? 0, span: choice.span }];
}

function readOptionalTemplate(node: Node | undefined, read: ReadTemplate): Template | null {
  return node?.type === 'scalar' && node.value !== null ? read(node) : null;
}

function deriveName(body: EvaluatorBody, index: number): string {
  switch (body.type) {
    case 'uses':
      return body.uses.replace(/^promptsmith\//, '');
    case 'string':
      return body.criteria.map((criterion) => criterion.kind).join('+') || `evaluator ${index + 1}`;
    case 'llm':
      return `judge ${index + 1}`;
    case 'none':
      return `evaluator ${index + 1}`;
    default:
      return body satisfies never;
  }
}
