import type { Finding } from '#core/lint/engine/rule.ts';
import type { Edit, Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';

/** A change that can be offered, before it is fitted to the client. */
export interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edits: readonly Edit[];
  /** The finding it mends. */
  readonly finding?: Finding;
  readonly preferred?: boolean;
}

/** Offers changes for a selection; an empty one is a cursor. */
export type ActionSource = (analysis: Analysis, selection: Span) => readonly Action[];

/** The findings that a selection touches. */
export function findingsIn({ findings }: Analysis, { start, end }: Span): Finding[] {
  return findings.filter(
    (finding) =>
      finding.uri === undefined && finding.span.start <= end && start <= finding.span.end,
  );
}
