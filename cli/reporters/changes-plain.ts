import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Change } from '#core/registry/change.ts';
import type { Style, Terminal } from '../terminal.ts';

/** Prints one line per change, major changes first. */
export function printChanges(changes: readonly Change[], terminal: Terminal): void {
  for (const { bump, text } of changes)
    terminal.print(
      `  ${terminal.style(bump.padEnd(5), ...STYLES[bump])}  ${escapeForTerminal(text)}`,
    );
}

const STYLES: Readonly<Record<Change['bump'], readonly Style[]>> = {
  major: ['red', 'bold'],
  minor: ['yellow'],
  patch: ['dim'],
};
