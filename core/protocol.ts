import type { TokenReport } from './models/token-report.ts';
import type { Role } from './prompt/document.ts';
import type { Severity } from './settings.ts';
import type { Range, Span } from './text.ts';

/** Request `promptsmith/summary`: what a status bar shows of an open prompt. */
export interface SummaryParams {
  readonly uri: string;
}

/** Null for what is no open prompt file. */
export type SummaryResult = PromptSummary | null;

export interface PromptSummary extends Readonly<Record<Severity, number>> {
  /** From the project root. */
  readonly path: string;
  readonly promptId: string;
  readonly rows: number;
  /** Null while its tokens are being counted, and for what is no prompt of its own. */
  readonly report: TokenReport | null;
  /** Whether token tables or prices are still being loaded: a report will come. */
  readonly isCounting: boolean;
}

/** Request `promptsmith/render`: the messages as they are sent. */
export interface RenderParams {
  readonly uri: string;
  /** A case id; absent: the first row, or defaults and examples where there is none. */
  readonly case?: string;
}

/** Null for what is no open prompt file, or a case that is not there. */
export type RenderResult = RenderedPrompt | null;

export interface RenderedPrompt {
  readonly version: number;
  /** Ids of all cases, in file order. */
  readonly cases: readonly string[];
  /** The case that was rendered; null when there is none. */
  readonly case: string | null;
  readonly messages: readonly RenderedMessage[];
}

export interface RenderedMessage {
  readonly role: Role | null;
  readonly content: string;
  /** Null while the token table is being loaded. */
  readonly tokens: number | null;
  /** Where values landed in `content`, from its beginning to its end without a gap. */
  readonly spans: readonly RenderedSpan[];
  /** Placeholders without a value: they stand verbatim. */
  readonly missing: readonly string[];
}

/** Request `promptsmith/prompts`: the prompt files of the workspace that have been looked at so far. */
export type PromptsResult = readonly WorkspacePrompt[];

/**
 * One of them. The notification `promptsmith/promptsChanged` tells a client that has asked once when the
 * answer has changed.
 */
export interface WorkspacePrompt extends Readonly<Record<Severity, number>> {
  readonly uri: string;
  /** From the project root. */
  readonly path: string;
  readonly promptId: string;
  readonly name: string;
  readonly model: string | null;
  /** Of the model: gone, or going. */
  readonly retirement: 'retired' | 'retires' | null;
  readonly owner: string | null;
  readonly feature: string | null;
  readonly tags: readonly string[];
  /** Golden cases in the file. */
  readonly cases: number;
  /** It names test files, which hold more. */
  readonly hasTestFiles: boolean;
  /** Of the median call; null while token tables are being loaded. */
  readonly tokens: { readonly count: number; readonly exact: boolean } | null;
  /** USD; null when the price, or for a month the traffic, is unknown. */
  readonly costPerCall: number | null;
  readonly costPerMonth: number | null;
}

export interface RenderedSpan {
  /** The variable; null is the prompt's own text. */
  readonly name: string | null;
  readonly span: Span;
  /** Of this part alone: parts together may have a few more than the whole. Null as above. */
  readonly tokens: number | null;
}

/** Request `promptsmith/safeFixes`: what mends all findings of the workspace that can be mended safely. */
export type SafeFixesResult = readonly FileFixes[];

/** The changes of one prompt file, open or closed. */
export interface FileFixes {
  readonly uri: string;
  readonly edits: readonly FixEdit[];
}

export interface FixEdit {
  /** The rule whose finding it mends; null where several rules have to do with it. */
  readonly rule: string | null;
  readonly range: Range;
  readonly newText: string;
}

/** `data` of the code lens that evaluates a prompt. */
export interface EvaluationLensData {
  /** The label whose version the evaluation is compared with; null: the file at HEAD or the last run. */
  readonly comparedWith: string | null;
}
