import type { Evaluator } from '../../prompt/document.ts';
import type { Json } from '../../prompt/node.ts';
import type { Answer, ModelRequest } from '../model.ts';
import type { CaseValues } from '../plan/request.ts';
import type { BoundedRegex } from '../ports.ts';
import type { Arguments } from './arguments.ts';
import type { SchemaCompiler } from './json-schema.ts';

/**
 * `text`: one text, numbers as written. `texts`: a list of them, or one. `json`: a text, a list or a
 * map. `schema`: a JSON Schema as a map or as JSON text, never templated.
 */
export type ParameterType = 'text' | 'texts' | 'number' | 'integer' | 'json' | 'schema';

/** A key under `with:`. */
export interface CheckParameter {
  readonly name: string;
  /** Another spelling that is read too. */
  readonly alias?: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly description: string;
  readonly default?: string | number;
  /** The texts it may be. */
  readonly oneOf?: readonly string[];
  /** Without it the row's `expected` is used. */
  readonly fallsBackToExpected?: boolean;
  /** An empty text or list would match every answer. */
  readonly notEmpty?: boolean;
}

/** What a check said. `unmeasurable` is neither pass nor fail. Costs are in USD, null = unknown. */
export type Verdict =
  | {
      readonly kind: 'judged';
      /** 0 to 1 */
      readonly score: number;
      readonly passed: boolean;
      readonly detail: string;
      readonly expected?: string;
      /** Only when it is not the answer's text. */
      readonly actual?: string;
      readonly cost?: number | null;
    }
  | { readonly kind: 'unmeasurable'; readonly detail: string }
  | { readonly kind: 'error'; readonly message: string; readonly cost?: number | null };

export interface CheckInput {
  readonly evaluator: Evaluator;
  /** The answer after the evaluator's transform. */
  readonly text: string;
  readonly answer: Answer;
  /** USD of the answer; null = unknown. */
  readonly cost: number | null;
  /** The answer was not made in this run. */
  readonly cached: boolean;
  /** The model id as the prompt spells it. */
  readonly model: string;
  /** What was sent. */
  readonly messages: ModelRequest['messages'];
  /** The system messages' text without what placeholders bring in. */
  readonly instructions: readonly string[];
  /** The answers of the other cases of the group, of the same model and repeat. */
  readonly group?: CaseGroup;
  readonly values: CaseValues;
  /** A placeholder without a value stays verbatim instead of being an error. */
  readonly allowMissing: boolean;
  /** Read from `with:`; empty for the base's own forms. */
  readonly args: Arguments;
}

/** Cases that are compared with one another. */
export interface CaseGroup {
  readonly others: readonly { readonly case: string; readonly text: string }[];
  /** How many answers of the group are not at hand. */
  readonly missing: number;
}

/** The answer of a judge, or why there is none. */
export type JudgeReply =
  | { readonly text: string; readonly cost: number | null }
  | { readonly error: string; readonly cost: number | null };

/** What checks share during a run. */
export interface CheckContext {
  readonly regex: BoundedRegex;
  readonly schemas: SchemaCompiler;
  countTokens(text: string, model: string): number | null;
  /** Model id of the judge for evaluators that name none. */
  readonly judge: string | null;
  /** Asks a model; retries, budget and limits are the runner's. */
  ask(model: string, messages: ModelRequest['messages'], input: CheckInput): Promise<JudgeReply>;
}

/** One kind of evaluator: how it judges, and what completion, hover and docs say of it. */
export interface Check {
  /** `contains`, `similarity`, `string` … */
  readonly kind: string;
  /** `promptsmith` and `github` stand before the kind under `uses:`; `base` kinds are keys of their own. */
  readonly namespace: 'promptsmith' | 'github' | 'base';
  readonly summary: string;
  readonly parameters: readonly CheckParameter[];
  /** An entry of `evaluators` in YAML. */
  readonly example: string;
  /** Set when it asks a model: whose id, or null when nothing names one. */
  judgeModel?(evaluator: Evaluator, defaultJudge: string | null): string | null;
  /** The evaluator's own `threshold` is this parameter (a distance, a limit), not a score. */
  readonly thresholdParameter?: string;
  /** Judges a case beside the others of its `$case.group`, once all of them have answers. */
  readonly needsGroup?: true;
  /** Compares with the row's `expected`, and has no parameter that could replace it. */
  readonly needsExpected?: true;
  /** Fails an answer that reveals the system messages. */
  readonly detectsPromptLeaks?: true;
  /** Why the check cannot run with these arguments, whatever the row; null when it can. */
  validate?(args: Arguments): string | null;
  run(input: CheckInput, context: CheckContext): Verdict | Promise<Verdict>;
}

/**
 * A verdict of 1 or 0. `detail` is for people. `expected` is shown beside a failed answer, or beside
 * `actual` where something else than the answer's text was compared.
 */
export function judged(
  passed: boolean,
  detail: string,
  expected?: string,
  actual?: string,
): Verdict {
  const shown = {
    ...(expected === undefined || passed ? {} : { expected }),
    ...(actual === undefined || passed ? {} : { actual }),
  };
  return { kind: 'judged', score: passed ? 1 : 0, passed, detail, ...shown };
}

/** A text in quotes, cut for a sentence. */
export function quote(text: string, length = 60): string {
  return JSON.stringify(text.length > length ? `${text.slice(0, length - 1)}…` : text);
}

/** A JSON value as a readable text. */
export function formatJson(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
