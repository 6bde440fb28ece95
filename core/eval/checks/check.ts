import type { Evaluator } from '../../prompt/document.ts';
import type { Json } from '../../prompt/node.ts';
import type { Answer, ModelRequest } from '../model.ts';
import type { CaseValues } from '../plan/request.ts';
import type { BoundedRegex } from '../ports.ts';
import type { AnswerFault } from '../run-event.ts';
import type { Arguments } from './arguments.ts';
import type { SchemaCompiler } from './json-schema.ts';

/**
 * `text`: one text; numbers as written. `texts`: a list of texts, or one text. `json`: a text, a list or a
 * map. `schema`: a JSON Schema as a map or as JSON text, in which templates are not rendered.
 */
export type ParameterType = 'text' | 'texts' | 'number' | 'integer' | 'json' | 'schema';

/** A key under `with:`. */
export interface CheckParameter {
  readonly name: string;
  /** Another accepted spelling. */
  readonly alias?: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly description: string;
  readonly default?: string | number;
  /** The accepted values. */
  readonly oneOf?: readonly string[];
  /** Defaults to the row's `expected`. */
  readonly fallsBackToExpected?: boolean;
  /** Rejects an empty text or list, which would match every answer. */
  readonly notEmpty?: boolean;
}

/** The verdict of a check. `unmeasurable` is neither pass nor fail. Costs are in USD; null = unknown. */
export type CheckVerdict =
  | {
      readonly kind: 'judged';
      /** 0 to 1 */
      readonly score: number;
      readonly passed: boolean;
      readonly detail: string;
      readonly expected?: string;
      /** Only if it is not the answer's text. */
      readonly actual?: string;
      readonly cost?: number | null;
    }
  | { readonly kind: 'unmeasurable'; readonly detail: string }
  | { readonly kind: 'error'; readonly message: string; readonly cost?: number | null };

export interface CheckInput {
  readonly evaluator: Evaluator;
  /** The answer after the evaluator's transform; with its thoughts for a check that reads them. */
  readonly text: string;
  readonly answer: Answer;
  /** Cost of the answer in USD; null = unknown. */
  readonly cost: number | null;
  /** The answer is from the cache or a recording. */
  readonly cached: boolean;
  /** The model id as the prompt spells it. */
  readonly model: string;
  /** The messages that were sent. */
  readonly messages: ModelRequest['messages'];
  /** The system messages' text without the values of placeholders. */
  readonly instructions: readonly string[];
  /** The answers of the group's other cases, of the same model and repeat. */
  readonly group?: CaseGroup;
  readonly values: CaseValues;
  /** A placeholder without a value stays verbatim instead of being an error. */
  readonly allowMissing: boolean;
  /** Read from `with:`; empty for `string` and `llm`. */
  readonly args: Arguments;
}

/** Cases that are compared with one another. */
export interface CaseGroup {
  readonly others: readonly { readonly case: string; readonly text: string }[];
  /** The number of answers of the group that are not available. */
  readonly missing: number;
  /** The number of cases of the group that were asked and gave no answer. */
  readonly unanswered?: number;
}

/** The answer of a judge, or why it did not answer. */
export type JudgeReply =
  | { readonly text: string; readonly cost: number | null }
  | { readonly error: string; readonly cost: number | null };

/** What all checks of a run share. */
export interface CheckContext {
  readonly regex: BoundedRegex;
  readonly schemas: SchemaCompiler;
  countTokens(text: string, model: string): number | null;
  /** Model id of the judge for evaluators without one of their own. */
  readonly judge: string | null;
  /** Asks a model. The runner handles retries, budget and limits. */
  ask(model: string, messages: ModelRequest['messages'], input: CheckInput): Promise<JudgeReply>;
}

/** One kind of evaluator: how it judges, and its texts for completion, hover and the documentation. */
export interface Check {
  /** `contains`, `similarity`, `string` … */
  readonly kind: string;
  /** `promptsmith` and `github` precede the kind under `uses:`; `base` kinds are keys of an evaluator. */
  readonly namespace: 'promptsmith' | 'github' | 'base';
  readonly summary: string;
  readonly parameters: readonly CheckParameter[];
  /** An entry of `evaluators` in YAML. */
  readonly example: string;
  /** What must not be said must not be in an answer's thoughts either. */
  readonly readsThoughts?: true;
  /** Only for checks that ask a model: its id, or null if none is configured. */
  judgeModel?(evaluator: Evaluator, defaultJudge: string | null): string | null;
  /** The evaluator's own `threshold` is this parameter (a distance, a limit), not a score. */
  readonly thresholdParameter?: string;
  /** Judges a case beside the others of its `$case.group`, once all of them have answers. */
  readonly needsGroup?: true;
  /** Compares with the row's `expected`, and has no parameter that could replace it. */
  readonly needsExpected?: true;
  /** Looks for its first parameter anywhere in the answer, in upper or lower case. */
  readonly ignoresCase?: true;
  /** Takes the row's `expected` into account if there is one. */
  readonly readsExpected?: true;
  /** True if it compares the whole answer: one that was cut off cannot pass it. */
  readsWhole?(evaluator: Evaluator): boolean;
  /** True if a pass of the check means that an answer with this fault is what is asked for. */
  expects?(fault: AnswerFault['code'], evaluator: Evaluator): boolean;
  /** Fails an answer that reveals the system messages. */
  readonly detectsPromptLeaks?: true;
  /** Why the check cannot run with these arguments, whatever the row; null when it can. */
  validate?(args: Arguments): string | null;
  run(input: CheckInput, context: CheckContext): CheckVerdict | Promise<CheckVerdict>;
}

/**
 * A verdict with score 1 or 0. `detail` is one sentence. Reports show `expected` next to a failed answer, or
 * next to `actual` if something other than the answer's text was compared.
 */
export function judged(
  passed: boolean,
  detail: string,
  expected?: string,
  actual?: string,
): CheckVerdict {
  const shown = {
    ...(expected === undefined || passed ? {} : { expected }),
    ...(actual === undefined || passed ? {} : { actual }),
  };
  return { kind: 'judged', score: passed ? 1 : 0, passed, detail, ...shown };
}

/** Quotes a text and shortens it to `length` characters. */
export function quote(text: string, length = 60): string {
  return JSON.stringify(text.length > length ? `${text.slice(0, length - 1)}…` : text);
}

/** Formats a JSON value for reading. */
export function formatJson(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
