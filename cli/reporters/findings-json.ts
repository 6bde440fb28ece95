import type { CheckedFile, CheckSummary } from './findings.ts';

/** Formats findings as JSON. Ranges are LSP's: from 0, in UTF-16 units. */
export function formatFindingsJson(
  files: readonly CheckedFile[],
  summary: CheckSummary,
  stale: readonly string[],
): unknown {
  return {
    v: 1,
    files: files.map(({ path, lines, findings }) => {
      return {
        path,
        findings: findings
          .filter(({ known }) => !known)
          .map(
            ({
              id,
              severity,
              confidence,
              message,
              span,
              fixes = [],
              related,
              tags,
              fingerprint,
              suppressed,
            }) => ({
              id,
              severity,
              confidence,
              message,
              range: lines.range(span),
              fixes: fixes.map(({ title, safe, edits }) => ({
                title,
                safe,
                edits: edits.map((edit) => ({ range: lines.range(edit.span), newText: edit.text })),
              })),
              related: related.map((other) => ({
                message: other.message,
                ...(other.file.path === path ? {} : { path: other.file.path }),
                range: other.file.lines.range(other.span),
              })),
              tags,
              fingerprint,
              ...(suppressed ? { suppressed } : {}),
            }),
          ),
      };
    }),
    summary,
    ...(stale.length > 0 ? { stale } : {}),
  };
}
