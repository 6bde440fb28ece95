import type { Finding } from '#core/lint/engine/rule.ts';
import type { Edit, Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';

/** A code action, independent of the client's capabilities. */
export interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** The finding it fixes. */
  readonly finding?: Finding;
  readonly preferred?: boolean;
  /** A command of the client that does it instead of edits; it is not offered where there is none. */
  readonly command?: { readonly name: string; readonly argument: string };
}

/** Offers actions for a selection; an empty selection is a cursor. */
export type ActionSource = (analysis: Analysis, selection: Span) => readonly Action[];

/** The findings that overlap or touch a selection. */
export function findFindings({ findings }: Analysis, { start, end }: Span): Finding[] {
  return findings.filter(
    (finding) =>
      finding.uri === undefined && finding.span.start <= end && start <= finding.span.end,
  );
}
