import { type Hash, hashText, hashValue } from '../hash.ts';
import type { Evaluator, PromptDocument, Row } from '../prompt/document.ts';
import { type Json, toJson } from '../prompt/node.ts';
import { assignCaseIds } from './ids.ts';

/** Hashes of the parts of a prompt file, to find which one changed between two runs (see docs/internals.md). */
export interface Hashes {
  /** The exact bytes of the file. */
  readonly text: Hash;
  /** Everything that is sent: model, parameters, response format, schema, messages, defaults. */
  readonly prompt: Hash;
  /** The rows: ids, values, groups, in any order. */
  readonly data: Hash;
  /** Evaluators, thresholds and judge. */
  readonly checks: Hash;
  /** The file's values without `version`. */
  readonly content: Hash;
}

/**
 * Computes the hashes of a document. `rows` are the file's rows and those of its test files; `judge` is the
 * model id of the default judge. The text must still include its byte order mark, if any.
 */
export function computeHashes(
  document: PromptDocument,
  rows: readonly Row[] = document.rows,
  judge: string | null = null,
): Hashes {
  const ids = assignCaseIds(rows);
  return {
    text: hashText(document.text),
    prompt: hashPrompt(document),
    data: hashValue(withPart(dataValue(rows, ids), 'variants', listVariants(document))),
    checks: hashValue(checksValue(document, rows, ids, judge)),
    content: hashValue(contentValue(document)),
  };
}

/** The hash of everything that is sent. Results are stale if it differs. */
export function hashPrompt(document: PromptDocument): Hash {
  return hashValue(promptValue(document));
}

function promptValue(document: PromptDocument): unknown {
  return {
    model: document.model,
    parameters: document.parameters,
    responseFormat: document.responseFormat,
    jsonSchema: document.jsonSchema?.source ?? null,
    messages: document.messages.map((m) => ({ role: m.role, content: m.content?.text ?? null })),
    defaults: document.variables.flatMap((v) =>
      v.defaultNode ? [[v.name, toJson(v.defaultNode)]] : [],
    ),
  };
}

function dataValue(rows: readonly Row[], ids: readonly string[]): unknown {
  return rows
    .map((row, i) => ({
      id: ids[i] ?? '',
      group: row.meta.group,
      // Both the text that is sent (`1.50`) and the value that checks compare.
      values: [...row.values.values()]
        .map((v) => [v.name, v.text, toJson(v.node)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function listVariants({ variants }: PromptDocument): unknown[] {
  return variants.map(({ name, lists }) => [name, lists]);
}

/** Adds a part only if it is not empty, so that the hashes of files without it stay the same. */
function withPart(value: unknown, name: string, more: readonly unknown[]): unknown {
  return more.length === 0 ? value : { value, [name]: more };
}

function checksValue(
  document: PromptDocument,
  rows: readonly Row[],
  ids: readonly string[],
  judge: string | null,
): unknown {
  const cases = rows.flatMap(({ meta }, i) =>
    meta.evaluators.length === 0 && meta.threshold === undefined
      ? []
      : [
          {
            id: ids[i] ?? '',
            threshold: meta.threshold,
            evaluators: meta.evaluators.map(evaluatorValue),
          },
        ],
  );
  cases.sort((a, b) => (a.id < b.id ? -1 : 1));
  const derived = document.derivedMetrics.map(({ name, text }) => [name, text]);
  const evaluators = document.evaluators.map(evaluatorValue);
  return { evaluators, cases, judge, ...(derived.length > 0 ? { derived } : {}) };
}

/** The value of an evaluator for hashing, the same for an alias and its canonical spelling. */
export function evaluatorValue({
  name,
  body,
  threshold,
  weight,
  metric,
  transform,
}: Evaluator): unknown {
  return { name, threshold, weight, metric, transform, body: bodyValue(body) };
}

function bodyValue(body: Evaluator['body']): unknown {
  switch (body.type) {
    case 'string':
      return { string: body.criteria.map((c) => [c.kind, c.template.text]) };
    case 'llm':
      return {
        model: body.modelId,
        prompt: body.prompt?.text,
        system: body.systemPrompt?.text,
        choices: body.choices.map((c) => [c.choice, c.score]),
      };
    case 'uses':
      return { uses: body.uses, with: body.with ? toJson(body.with) : null };
    case 'none':
      return null;
    default:
      return body satisfies never;
  }
}

function contentValue({ root }: PromptDocument): Json {
  if (!root) return null;
  const value = toJson(root);
  if (root.type !== 'map') return value;
  const { version: _, ...rest } = value as Record<string, Json>;
  return rest;
}
