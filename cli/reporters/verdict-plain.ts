import { type AcceptanceResult, acceptanceText } from '#core/eval/acceptance.ts';

import { type Terminal, visible, wrap } from '../terminal.ts';

/** Whether the run is good enough by its file, and which demands it misses. */
export function printAcceptance({ met, parts }: AcceptanceResult, terminal: Terminal): void {
  const failed = parts.filter((part) => part.met === false);
  const unknown = parts.filter((part) => part.met === null);
  const head = met
    ? terminal.style('accepted', 'green')
    : terminal.style('not accepted', 'red', 'bold');
  const count = met ? ` (${parts.length - unknown.length} of ${parts.length} demands met)` : '';
  terminal.print(`  ${head}${count}`);
  for (const part of failed) printNote(`✗ ${acceptanceText(part)}`, terminal);
  for (const { name } of unknown) printNote(`? ${name} is not measurable in this run`, terminal);
}

function printNote(text: string, terminal: Terminal): void {
  const [first = '', ...rest] = wrap(visible(text), terminal.width - 6);
  terminal.print(`    ${first}`);
  for (const line of rest) terminal.print(`      ${line}`);
}
