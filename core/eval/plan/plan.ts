import { parseExpression } from '../../expression.ts';
import { hashValue } from '../../hash.ts';
import type { Evaluator, PromptDocument, Row } from '../../prompt/document.ts';
import type { Json } from '../../prompt/node.ts';
import { addOddKeys } from '../../prompt/odd-keys.ts';
import { computeHashes, type Hashes } from '../hashes.ts';
import { assignCaseIds, formatJobId } from '../ids.ts';
import type { ModelTarget } from '../ports.ts';
import type { LeftOut } from '../run-event.ts';
import { expandVariants, type VariantRow } from './variants.ts';

/** Which cases to run. A case must match every given list; within a list one entry is enough. */
export interface CaseFilter {
  /** Parts of case ids, ignoring case. */
  readonly names?: readonly string[];
  readonly tags?: readonly string[];
  /** Whole ids; each includes the variants of its case. `only` in the file is ignored. */
  readonly ids?: ReadonlySet<string>;
  /** One of several parts of the cases, counted from 1; a group stays together. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Cases with one of these tags are left out (`holdout`). */
  readonly withoutTags?: readonly string[];
}

export interface PlanOptions {
  readonly models: readonly ModelTarget[];
  /** The file's rows and those of its test files; default: the file's rows. */
  readonly rows?: readonly Row[];
  /** Calls per case and model, at least 1. */
  readonly repeat?: number;
  readonly seed?: number;
  readonly filter?: CaseFilter;
  /** Sends a placeholder without a value verbatim instead of refusing the case. */
  readonly allowMissing?: boolean;
  /** Model id of the judge for evaluators without one of their own. */
  readonly judge?: string;
  /** Judges the base format's evaluators as that program does, and sends placeholders without a value. */
  readonly compat?: Compat;
}

/** A program whose verdicts can be reproduced. */
export type Compat = 'gh-models';

/** A row that is ready to run. */
export interface Case {
  readonly id: string;
  readonly row: Row;
  /** The file's evaluators, then the row's own. */
  readonly evaluators: readonly Evaluator[];
  readonly threshold?: number;
  readonly tags: readonly string[];
  readonly group?: string;
  readonly must: boolean;
  /** True: reported as skipped, without a call. */
  readonly skip: boolean;
  /** The case whose words were swapped to create this one. */
  readonly variantOf?: string;
  /** For a variant of a row without a name: the set and the word, `region: EU`. */
  readonly variant?: string;
}

export interface Plan {
  readonly document: PromptDocument;
  readonly cases: readonly Case[];
  readonly models: readonly ModelTarget[];
  readonly repeat: number;
  readonly seed: number;
  readonly allowMissing: boolean;
  readonly judge: string | null;
  readonly compat: Compat | null;
  readonly hashes: Hashes;
  /** The number of cases left out, by reason. */
  readonly leftOut: LeftOut;
  /** Why no case of this file can be sent, such as a message without a role; null if all can. */
  readonly blocked: string | null;
  readonly jsonSchema?: Json;
}

/** One planned call: case × model × repeat. */
export interface Job {
  readonly id: string;
  readonly case: Case;
  readonly model: ModelTarget;
  /** Counts from 0. */
  readonly repeat: number;
}

/** Turns a prompt and its rows into the cases of a run. Makes no call and never throws. */
export function createPlan(given: PromptDocument, options: PlanOptions): Plan {
  const rows = options.rows ?? given.rows;
  const oddKeys = addOddKeys(given.oddKeys, rows);
  const document = oddKeys === given.oddKeys ? given : { ...given, oddKeys };
  const made = expandVariants(document.variants, rows);
  const ids = assignCaseIds(made.map(({ row }) => row));
  const all = made.map((one, i) => createCase(ids[i] ?? String(i), one, document.evaluators));
  const filter = options.filter ?? {};
  const hasOnly = !filter.ids && all.some((c) => c.row.meta.only && !c.skip);
  const wanted = hasOnly ? all.filter((c) => c.row.meta.only) : all;
  const matching = wanted.filter((c) => matchesFilter(c, filter));
  const open = matching.filter(({ tags }) => !hasTag(tags, filter.withoutTags));
  const cases = selectShard(open, filter.shard);
  const schema = readSchema(document);
  const { compat = null } = options;
  const hashes = computeHashes(document, rows, options.judge ?? null);
  return {
    document,
    cases,
    models: options.models,
    repeat: Math.max(1, Math.floor(options.repeat ?? 1)),
    seed: options.seed ?? 0,
    allowMissing: options.allowMissing ?? compat !== null,
    judge: options.judge ?? null,
    compat,
    // A run with `compat` must not be resumed without it: its verdicts mean something else.
    hashes: compat === null ? hashes : { ...hashes, checks: hashValue([compat, hashes.checks]) },
    leftOut: {
      only: countAsked(all) - countAsked(wanted),
      filter: countAsked(wanted) - countAsked(matching),
      holdout: countAsked(matching) - countAsked(open),
      shard: countAsked(open) - countAsked(cases),
    },
    blocked: findBlocker(document) ?? schema.error ?? null,
    ...(schema.value === undefined ? {} : { jsonSchema: schema.value }),
  };
}

/** Lists the ids of the cases that a whole run of a prompt asks: all but the skipped ones. */
export function listAskedIds(document: PromptDocument, rows: readonly Row[]): string[] {
  const { cases } = createPlan(document, { models: [], rows });
  return cases.flatMap(({ id, skip }) => (skip ? [] : [id]));
}

/** Lists all jobs: every case and model once before any repeat, so that an interrupted run is comparable. */
export function* listJobs(plan: Plan): Generator<Job> {
  for (let repeat = 0; repeat < plan.repeat; repeat++) {
    for (const item of plan.cases) {
      for (const model of plan.models) {
        yield createJob(item, model, repeat);
      }
    }
  }
}

export function createJob(item: Case, model: ModelTarget, repeat: number): Job {
  return { id: formatJobId({ case: item.id, model: model.id, repeat }), case: item, model, repeat };
}

function createCase(
  id: string,
  { row, variantOf, variant }: VariantRow,
  shared: readonly Evaluator[],
): Case {
  const { tags, group, must, skip, threshold, evaluators } = row.meta;
  return {
    id,
    row,
    evaluators: evaluators.length === 0 ? shared : [...shared, ...evaluators],
    tags,
    must,
    skip,
    ...(group === undefined ? {} : { group }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(variantOf === undefined ? {} : { variantOf }),
    ...(variant === undefined ? {} : { variant }),
  };
}

/** Skipped cases are not asked in any run. */
function countAsked(cases: readonly Case[]): number {
  return cases.filter(({ skip }) => !skip).length;
}

function hasTag(tags: readonly string[], wanted: readonly string[] = []): boolean {
  return wanted.some((tag) => tags.includes(tag));
}

function matchesFilter(item: Case, { names, tags, ids }: CaseFilter): boolean {
  if (ids && !ids.has(item.id) && !ids.has(item.variantOf ?? '')) return false;
  const id = item.id.toLowerCase();
  if (names && !names.some((name) => id.includes(name.toLowerCase()))) return false;
  return !tags || hasTag(item.tags, tags);
}

/** Deals out groups, and cases without one, in turn, so that all shards have about the same size. */
function selectShard(cases: readonly Case[], shard: CaseFilter['shard']): readonly Case[] {
  if (!shard) return cases;
  const places = new Map<string, number>();
  return cases.filter(({ id, group }) => {
    const key = group === undefined ? `case ${id}` : `group ${group}`;
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place % shard.of === shard.index - 1;
  });
}

function findBlocker({ broken, messages, derivedMetrics }: PromptDocument): string | undefined {
  for (const { name, text } of derivedMetrics) {
    const found = parseExpression(text);
    if ('error' in found) return `derivedMetrics: \`${name}\` ${found.error}`;
  }
  if (broken) return 'the file has YAML errors; run `promptsmith check` to list them';
  if (messages.length === 0) return 'the prompt has no messages';
  for (const { index, role, content } of messages) {
    if (role === null) return `messages[${index}] needs a role: system, user or assistant`;
    if (content === null) return `messages[${index}] needs a string as \`content\``;
  }
  return undefined;
}

function readSchema(document: PromptDocument): { value?: Json; error?: string } {
  if (document.responseFormat !== 'json_schema') return {};
  const text = document.jsonSchema?.source;
  if (text === undefined)
    return { error: '`responseFormat` is json_schema, but `jsonSchema` is missing' };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { error: `\`jsonSchema\` is not valid JSON: ${(error as Error).message}` };
  }
}
