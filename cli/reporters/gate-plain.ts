import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { GateResult } from '#core/registry/promote.ts';
import type { Terminal } from '../terminal.ts';

/** Prints each requirement of a label's promotion policy with its result. */
export function printGate({ demands }: GateResult, terminal: Terminal): void {
  for (const { met, name, text } of demands) {
    const mark = met ? '✓' : '✗';
    const style = met ? 'green' : 'red';
    terminal.print(`  ${terminal.style(mark, style)} ${name}: ${escapeForTerminal(text)}`);
  }
}
