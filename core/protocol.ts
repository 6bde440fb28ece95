import type { TokenReport } from './models/token-report.ts';
import type { Role } from './prompt/document.ts';
import type { Severity } from './settings.ts';
import type { Range, Span } from './text.ts';

/** Request `promptsmith/summary`: the status bar's data about an open prompt. */
export interface SummaryParams {
  readonly uri: string;
}

/** Null if the URI is not an open prompt file. */
export type SummaryResult = PromptSummary | null;

export interface PromptSummary extends Readonly<Record<Severity, number>> {
  /** From the project root. */
  readonly path: string;
  readonly promptId: string;
  readonly rows: number;
  /** Null while tokens are being counted, and for files without a prompt. */
  readonly report: TokenReport | null;
  /** Whether token tables or prices are still loading, so that a report will follow. */
  readonly isCounting: boolean;
}

/** Request `promptsmith/render`: the messages as they are sent to the model. */
export interface RenderParams {
  readonly uri: string;
  /** A case id. Default: the first row, or defaults and examples if there are no rows. */
  readonly case?: string;
}

/** Null if the URI is not an open prompt file or the case does not exist. */
export type RenderResult = RenderedPrompt | null;

export interface RenderedPrompt {
  readonly version: number;
  /** Ids of all cases, in file order. */
  readonly cases: readonly string[];
  /** What the cases are called for display, in the same order. */
  readonly caseNames: readonly string[];
  /** The rendered case; null if the prompt has no cases. */
  readonly case: string | null;
  readonly messages: readonly RenderedMessage[];
}

export interface RenderedMessage {
  readonly role: Role | null;
  readonly content: string;
  /** Null while the token table is loading. */
  readonly tokens: number | null;
  /** The parts of `content`, from start to end without gaps. */
  readonly spans: readonly RenderedSpan[];
  /** Placeholders without a value, which remain in the text. */
  readonly missing: readonly string[];
}

/** Request `promptsmith/prompts`: the prompt files of the workspace that have been read so far. */
export type PromptsResult = readonly WorkspacePrompt[];

/**
 * A prompt file of the workspace. The notification `promptsmith/promptsChanged` informs a client that has
 * sent the request once that the result has changed.
 */
export interface WorkspacePrompt extends Readonly<Record<Severity, number>> {
  readonly uri: string;
  /** From the project root. */
  readonly path: string;
  readonly promptId: string;
  readonly name: string;
  readonly model: string | null;
  /** The state of the model: retired, or to be retired. */
  readonly retirement: 'retired' | 'planned' | 'retires' | null;
  readonly owner: string | null;
  readonly feature: string | null;
  readonly tags: readonly string[];
  /** Golden cases in the file. */
  readonly cases: number;
  /** Whether test files contain more golden cases. */
  readonly hasTestFiles: boolean;
  /** Tokens of the median call; null while token tables are loading. */
  readonly tokens: { readonly count: number; readonly exact: boolean } | null;
  /** In USD; null if the price or, per month, the traffic is unknown. */
  readonly costPerCall: number | null;
  readonly costPerMonth: number | null;
}

export interface RenderedSpan {
  /** The variable; null for the prompt's own text. */
  readonly name: string | null;
  readonly span: Span;
  /** Tokens of this part alone; the parts can add up to slightly more than the whole. Null while the token table is loading. */
  readonly tokens: number | null;
}

/** Request `promptsmith/safeFixes`: all safe fixes in the workspace. */
export type SafeFixesResult = readonly FileFixes[];

/** The edits of one prompt file, open or closed. */
export interface FileFixes {
  readonly uri: string;
  readonly edits: readonly FixEdit[];
}

export interface FixEdit {
  /** The rule whose finding it fixes; null if several rules are involved. */
  readonly rule: string | null;
  readonly range: Range;
  readonly newText: string;
}

/** `data` of the code lens that evaluates a prompt. */
export interface EvaluationLensData {
  /** The label to compare with; null to compare with the file at HEAD or the last run. */
  readonly comparedWith: string | null;
}
