import type { Severity } from '#core/lint/engine/rule.ts';
import { formatWorkflowCommand } from '#core/printing/ci-log.ts';
import type { SafeText } from '#core/printing/safe-text.ts';
import { type CheckedFile, isOpen, type ReportedFinding } from './findings.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * Formats findings as annotations of GitHub Actions, errors first, since it shows ten of each level per step.
 * `pathOf`: the path from the repository's root.
 */
export function formatFindingsGithub(
  files: readonly CheckedFile[],
  pathOf: (path: string) => string,
): SafeText<'ci-log'>[] {
  return Object.keys(LEVELS).flatMap((severity) =>
    files.flatMap((file) =>
      file.findings
        .filter((finding) => isOpen(finding) && finding.severity === severity)
        .map((finding) => annotation(finding, file, pathOf)),
    ),
  );
}

function annotation(
  { id, severity, message, span, related }: ReportedFinding,
  { path, lines }: CheckedFile,
  pathOf: (path: string) => string,
): SafeText<'ci-log'> {
  const { start, end } = lines.range(span);
  // GitHub accepts columns only within one line.
  const columns =
    start.line === end.line
      ? { col: start.character + 1, endColumn: Math.max(end.character, start.character + 1) }
      : {};
  const place = { file: pathOf(path), line: start.line + 1, endLine: end.line + 1, ...columns };
  const others = related.slice(0, 3).map(({ message: about, file, span: at }) => {
    const line = file.lines.position(at.start).line + 1;
    return `${pathOf(file.path)}:${line}: ${about}`;
  });
  const text = [message, ...others].join('\n');
  return formatWorkflowCommand(LEVELS[severity], { ...place, title: id }, text);
}
