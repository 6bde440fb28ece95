import type { Finding, Severity } from '#core/lint/rule.ts';

/** A file with what was found in it. */
export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface CheckSummary extends Readonly<Record<Severity, number>> {
  readonly files: number;
  readonly suppressed: number;
  /** Findings that the project's list of known ones holds back. */
  readonly known: number;
}

export function summarise(files: readonly CheckedFile[]): CheckSummary {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  let suppressed = 0;
  for (const finding of files.flatMap((file) => file.findings)) {
    if (finding.suppressed) suppressed++;
    else counts[finding.severity]++;
  }
  return { files: files.length, ...counts, suppressed, known: 0 };
}
