import { escapeForTerminal } from '#core/printing/terminal-text.ts';

/** Any text for one line of a terminal: a line break in the name of a case or a tag is a space. */
export function oneLine(text: string): string {
  return escapeForTerminal(text.replace(/\s+/g, ' ').trim());
}
