import { type SafeText, trustText } from './safe-text.ts';
import { showInvisible } from './show-invisible.ts';

/**
 * A command that GitHub Actions reads from a step's output: `::error file=a.yml,line=3::text`. Escaped as
 * GitHub's toolkit does, so that no text writes a command of its own.
 */
export function formatWorkflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): SafeText<'ci-log'> {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return trustText(`::${name}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escapeData(text)}`);
}

/**
 * Lines of a log that no runner reads as commands. GitHub Actions obeys `::` at the beginning of a line,
 * and its older form `##[` anywhere in it; Azure Pipelines obeys `##vso[`.
 */
export function escapeForCiLog(text: string): SafeText<'ci-log'> {
  const lines = showInvisible(text).split('\n').map(breakCommand);
  return trustText(lines.join('\n').replace(/#(?=#(?:vso)?\[)/gi, '# '));
}

function breakCommand(line: string): string {
  return line.trimStart().startsWith('::') ? line.replace(':', ': ') : line;
}

function escapeData(text: string): string {
  return showInvisible(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
