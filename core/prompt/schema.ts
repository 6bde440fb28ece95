import { isAddition } from '../schema-at.ts';
import { explainSchemaErrors, type SchemaProblem } from '../schema-messages.ts';
import { validatePrompt } from '../schema-validators.ts';
import type { Span } from '../text.ts';
import type { PromptDocument } from './document.ts';
import { headSpan, nodeAt, type Path, spanAt } from './locate.ts';
import { findEntry, type Node, toJson } from './node.ts';
import { isUnquotedTemplate } from './unquoted-template.ts';

/** Maximum violations reported of one file; describing each takes some microseconds. */
const MAX_ERRORS = 1000;

/** A place where a prompt file does not match the format. */
export interface SchemaViolation extends SchemaProblem {
  readonly span: Span;
  /** The node at the path; undefined if it is missing. */
  readonly node: Node | undefined;
  /** True if other programs that read the format reject the whole file. */
  readonly breaksReaders: boolean;
}

/**
 * Finds the violations of `prompt.schema.json`, of the given kind. Everything in or under an unquoted `{{name}}`
 * is skipped: that is one mistake with its own message.
 */
export function* schemaViolations(
  prompt: PromptDocument,
  isWanted: (problem: SchemaProblem) => boolean,
): Generator<SchemaViolation> {
  const { root, text } = prompt;
  if (!root) return;
  for (const problem of findViolations(prompt)) {
    if (!isWanted(problem) || isUnderUnquoted(root, problem.path, text)) continue;
    const node = nodeAt(root, problem.path);
    yield {
      ...problem,
      span: locateProblem(root, problem),
      node,
      breaksReaders: breaksReaders(problem, node),
    };
  }
}

/** Cached per document: documents do not change, and several rules need its violations. */
const known = new WeakMap<PromptDocument, readonly SchemaProblem[]>();

function findViolations(prompt: PromptDocument): readonly SchemaProblem[] {
  const before = known.get(prompt);
  if (before) return before;
  const problems = readProblems(prompt);
  known.set(prompt, problems);
  return problems;
}

function readProblems({ root, kind }: PromptDocument): readonly SchemaProblem[] {
  if (root?.type !== 'map' || kind !== 'prompt') return [];
  const value = toJson(root);
  if (validatePrompt(value)) return [];
  const errors = (validatePrompt.errors ?? []).slice(0, MAX_ERRORS);
  return explainSchemaErrors(errors, value, 'prompt');
}

function locateProblem(root: Node, { keyword, path, unknownKey }: SchemaProblem): Span {
  if (unknownKey !== undefined)
    return findEntry(nodeAt(root, path.slice(0, -1)), unknownKey)?.key.span ?? spanAt(root, path);
  const node = nodeAt(root, path);
  const isItem = typeof path.at(-1) === 'number' || path.length === 0;
  return node && (isItem || keyword === 'required') ? headSpan(node) : spanAt(root, path);
}

function isUnderUnquoted(root: Node, path: Path, text: string): boolean {
  return path.some((_, i) => {
    const node = nodeAt(root, path.slice(0, i + 1));
    return node !== undefined && isUnquotedTemplate(node, text);
  });
}

/** Parameters that gh-models reads into typed fields; it ignores the others. */
const TYPED_NUMBERS: ReadonlySet<string> = new Set(['temperature', 'topP', 'maxTokens', 'score']);

/**
 * gh-models decodes the file into Go structs (yaml.v3): any scalar matches a string, null matches
 * everything, a collection never matches a scalar, and a scalar never matches a collection.
 */
function breaksReaders({ keyword, path, allowed = [] }: SchemaProblem, node?: Node): boolean {
  if (isAddition(path)) return false;
  const last = path.at(-1);
  if (keyword === 'enum') return last === 'role' || last === 'responseFormat';
  if (keyword !== 'type' || !node) return false;
  if (path[0] === 'modelParameters' && path.length > 1 && !TYPED_NUMBERS.has(String(last)))
    return false;
  if (node.type !== 'scalar') return true;
  if (node.value === null) return false;
  if (allowed.includes('array') || allowed.includes('object')) return true;
  const isNumber = allowed.includes('number') || allowed.includes('integer');
  return isNumber && (typeof node.value !== 'number' || allowed.includes('integer'));
}
