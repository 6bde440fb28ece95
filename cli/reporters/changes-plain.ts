import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Change } from '#core/registry/change.ts';
import { groupChanges } from '#core/registry/group-changes.ts';
import type { Style, Terminal } from '../terminal.ts';
import { printWords } from './words-plain.ts';

/** Prints one line per change, in the order given. */
export function printChanges(changes: readonly Change[], terminal: Terminal): void {
  for (const { bump, text } of changes)
    terminal.print(
      `  ${terminal.style(bump.padEnd(5), ...STYLES[bump])}  ${escapeForTerminal(text.replace(/\s+/g, ' '))}`,
    );
}

/** Prints one line per change, and below those of a text its words. */
export function printChangesWithWords(changes: readonly Change[], terminal: Terminal): void {
  for (const { changes: lines, wording } of groupChanges(changes)) {
    printChanges(lines, terminal);
    if (wording) printWords(wording, INDENT, terminal);
  }
}

/** Words are aligned with the texts of changes and set off from them. */
const INDENT = ' '.repeat(11);

const STYLES: Readonly<Record<Change['bump'], readonly Style[]>> = {
  major: ['red', 'bold'],
  minor: ['yellow'],
  patch: ['dim'],
};
