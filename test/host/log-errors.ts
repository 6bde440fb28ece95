import type { VscodeServer } from '../../scripts/vscode/server.ts';

/** What the tests themselves cause. */
const EXPECTED = [
  /Server process exited with signal SIGKILL/,
  /The language server exited/,
  // Written to in the moment when it was killed.
  /connection to server is erroring\.\n(?:write EPIPE|Channel closed)/,
  /Could not identify extension for 'vscode' require call from \S+\/runner\/index\.js/,
];

/** Errors and warnings of our extension in VS Code's logs, and crashes of the extension host. */
export function logErrors(server: VscodeServer): string[] {
  const own = server.logs(/promptsmith\.promptsmith/).flatMap(({ text }) => entries(text));
  const host = server
    .logs(/exthost/)
    .flatMap(({ text }) => entries(text))
    .filter((entry) => /promptsmith\.promptsmith/.test(entry));
  return [...new Set([...own, ...host])].filter(
    (entry) => !EXPECTED.some((pattern) => pattern.test(entry)),
  );
}

/** Entries may have several lines; each begins with its time. */
function entries(log: string): string[] {
  return log
    .split(/\n(?=\d{4}-\d\d-\d\d )/)
    .filter((entry) => /^[^\n]*\[(error|warning)\]/.test(entry));
}
