import type { Span } from '../text.ts';
import type { Json, MapEntry, Node, ScalarNode } from './node.ts';
import type { Template } from './template.ts';

export type Role = 'system' | 'user' | 'assistant';
export type Trust = 'trusted' | 'user' | 'external';

/** A problem that the parser reports. */
export interface ParseProblem {
  readonly code: 'syntax' | 'foreign-format' | 'second-document' | 'foreign-tag' | 'file-size';
  readonly message: string;
  readonly span: Span;
  /** Default: the severity of the code. */
  readonly severity?: 'error' | 'warning';
}

export interface Message {
  readonly index: number;
  readonly span: Span;
  /** The node of `role`, whatever its value. */
  readonly roleNode: Node | null;
  /** The role, if it is one of the three. */
  readonly role: Role | null;
  /** The template of `content`, if it is a string (an empty one included). */
  readonly content: Template | null;
}

/** Names of `modelParameters` in their canonical spelling. */
export type ParameterName =
  | 'temperature'
  | 'topP'
  | 'maxTokens'
  | 'maxCompletionTokens'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'stop'
  | 'seed'
  | 'reasoningEffort';

export interface Parameter {
  readonly name: ParameterName;
  /** The key as written: `max_tokens` is an alias of `maxTokens`. */
  readonly spelling: string;
  readonly entry: MapEntry;
  readonly value: Json;
}

/** Canonical parameters to send. On conflict, the camelCase spelling wins. */
export interface Parameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly maxCompletionTokens?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly stop?: string | readonly string[];
  readonly seed?: number;
  readonly reasoningEffort?: string;
  /** Further fields of the request body, as the provider spells them. */
  readonly extra?: Readonly<Record<string, Json>>;
}

export type VariableType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** A declaration under `variables`. */
export interface Variable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly description?: string;
  readonly type?: VariableType;
  readonly required?: boolean;
  /** The default as the text that a placeholder gets, and its node. */
  readonly defaultNode?: Node;
  readonly enum?: readonly Json[];
  readonly example?: Json;
  readonly trust?: Trust;
  readonly maxTokens?: number;
}

/** `$case` of a row. */
export interface CaseMeta {
  readonly name?: string;
  readonly tags: readonly string[];
  readonly skip: boolean;
  readonly only: boolean;
  readonly must: boolean;
  readonly group?: string;
  readonly source?: string;
  readonly threshold?: number;
  readonly evaluators: readonly Evaluator[];
}

/** One value of a row: its node, and the text that a placeholder gets. */
export interface RowValue {
  readonly name: string;
  readonly keySpan: Span;
  readonly node: Node;
  /** Numbers and booleans as written in YAML, lists and maps as JSON, null as ''. */
  readonly text: string;
}

/** A row of `testData` or of a test file. `values` contains its own keys except `$case`; nested `inputs|variables|vars` are flattened. */
export interface Row {
  /** Counts from 0 over the prompt file and its test files. */
  readonly index: number;
  /** Counts from 1 in the row's own file. */
  readonly number: number;
  /** The line in its test file where the row begins, counted from 1; absent for rows of the prompt file. */
  readonly line?: number;
  readonly span: Span;
  readonly values: ReadonlyMap<string, RowValue>;
  readonly meta: CaseMeta;
  /** The key whose map was flattened, if any. */
  readonly nestedUnder?: MapEntry;
  /** The test file that the spans refer to, as passed to the reader; absent for the prompt file. */
  readonly file?: string;
}

/** A string template outside `messages`, with its key. */
export interface StringCriterion {
  readonly kind: 'equals' | 'contains' | 'startsWith' | 'endsWith';
  readonly template: Template;
}

export interface JudgeChoice {
  readonly choice: string;
  readonly score: number;
  readonly span: Span;
}

/** What an entry of `evaluators` contains. */
export type EvaluatorBody =
  | { readonly type: 'string'; readonly criteria: readonly StringCriterion[] }
  | {
      readonly type: 'llm';
      readonly modelId: string | null;
      readonly prompt: Template | null;
      readonly systemPrompt: Template | null;
      readonly choices: readonly JudgeChoice[];
    }
  | {
      readonly type: 'uses';
      /** As written: `github/similarity`, `promptsmith/not-contains`. */
      readonly uses: string;
      /** The kind without its prefix `promptsmith/` and `not-`; null for other namespaces. */
      readonly kind: string | null;
      readonly negated: boolean;
      readonly with: Node | null;
    }
  | { readonly type: 'none' };

export interface Evaluator {
  readonly index: number;
  /** The given name, or one derived from the kind: never empty. */
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly body: EvaluatorBody;
  readonly threshold?: number;
  readonly weight: number;
  readonly metric?: string;
  readonly transform?: string;
  readonly node: Node;
  /** Set if the entry uses a foreign spelling that is read as an alias. */
  readonly aliasOf?: string;
}

export interface Acceptance {
  readonly passRate?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly p95LatencyMs?: number;
  readonly maxCostPerCall?: number;
  readonly errorRate?: number;
}

export interface Budget {
  readonly maxInputTokens?: number;
  readonly maxCostPerCall?: number;
  readonly maxCostPerRun?: number;
  readonly maxLatencyMs?: number;
}

/** A metric derived from the means of others. */
export interface DerivedMetric {
  readonly name: string;
  /** As written in the file. */
  readonly text: string;
  readonly span: Span;
}

/** Words that are swapped in the texts of rows, one list at a time, to create further cases. */
export interface VariantSet {
  readonly name: string;
  /** Each list has at least two words. */
  readonly lists: readonly (readonly string[])[];
  readonly span: Span;
}

/** A prompt file, read as far as possible. `parsePrompt` always returns one. */
export interface PromptDocument {
  readonly text: string;
  readonly kind: 'prompt' | 'not-a-prompt' | 'too-large';
  readonly problems: readonly ParseProblem[];
  /** The whole tree; null for an empty file, one that is too large, or one whose YAML has no usable root. */
  readonly root: Node | null;
  /** True if the YAML itself is broken: rules about missing parts report nothing. */
  readonly broken: boolean;

  readonly name: ScalarNode | null;
  readonly description: ScalarNode | null;
  readonly id: string | null;
  readonly version: ScalarNode | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, Json>>;
  /** The node of `model`, whatever its value; null if the key is absent. */
  readonly modelNode: Node | null;
  /** The id as written; null if absent, empty or null. */
  readonly model: string | null;
  readonly candidates: readonly { readonly id: string; readonly span: Span }[];
  readonly parameterEntries: readonly Parameter[];
  readonly parameters: Parameters;
  readonly responseFormat: string | null;
  readonly jsonSchema: ScalarNode | null;
  readonly messages: readonly Message[];
  readonly variables: readonly Variable[];
  /** Keys of rows and declarations that do not look like a name; `{{key}}` is a placeholder because of them. */
  readonly oddKeys: ReadonlySet<string>;
  /** True if the file has a `variables` key: undeclared placeholders are then errors. */
  readonly declares: boolean;
  readonly rows: readonly Row[];
  readonly testFiles: readonly { readonly pattern: string; readonly span: Span }[];
  readonly variants: readonly VariantSet[];
  readonly evaluators: readonly Evaluator[];
  readonly derivedMetrics: readonly DerivedMetric[];
  readonly acceptance: Acceptance | null;
  readonly budget: Budget | null;
}
