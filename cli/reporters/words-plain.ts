import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Wording } from '#core/registry/change.ts';
import { markRun } from '#core/registry/describe-words.ts';
import { diffWords } from '#core/registry/diff-words.ts';
import { layOutWords, type WordLine, type WordRun } from '#core/registry/lay-out-words.ts';
import { measureColumns, type Terminal } from '../terminal.ts';

/** Prints what changed in a text word by word: in color, else as `[-removed-]{+added+}`. */
export function printWords({ before, after }: Wording, indent: string, terminal: Terminal): void {
  for (const line of layOutWords(diffWords(before, after)))
    wrapLine(line, terminal, terminal.width - indent.length - 2).forEach((part, i) => {
      // Two more spaces: this is not a line of the text.
      terminal.print(part === '' ? '' : `${indent}${i > 0 ? '  ' : ''}${part}`);
    });
}

/** Breaks a line between words, each with its own style, so that no style reaches into the indentation. */
function wrapLine(line: WordLine, terminal: Terminal, width: number): string[] {
  const lines: WordRun[][] = [[]];
  let used = 0;
  for (const unit of splitLine(line, terminal)) {
    const text = unit.map((word) => word.text).join('');
    if (used > 0 && used + measureColumns(text.trimEnd()) > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(...unit);
    used += measureColumns(text);
  }
  return lines.map((words) => joinWords(words, terminal));
}

/** The parts of a line that stay together, such as a changed word and the period after it. */
function splitLine(line: WordLine, terminal: Terminal): WordRun[][] {
  const units: WordRun[][] = [];
  for (const run of line) {
    splitRun(run, terminal).forEach((text, i) => {
      const last = units.at(-1);
      const isGlued = i === 0 && last !== undefined && !last.at(-1)?.text.endsWith(' ');
      // An added word may stand on the next line after the removed one.
      if (isGlued && run.kind !== 'added') last.push({ kind: run.kind, text });
      else units.push([{ kind: run.kind, text }]);
    });
  }
  return units;
}

/** Styles the words of a line, neighbors of one kind together, without the space at its end. */
function joinWords(words: readonly WordRun[], terminal: Terminal): string {
  const runs: { kind: WordRun['kind']; text: string }[] = [];
  for (const { kind, text } of words) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  const end = runs.at(-1);
  if (end) end.text = end.text.trimEnd();
  return runs.map(({ kind, text }) => styleRun(kind, text, terminal)).join('');
}

/** The words of a run with the space after them; without color, its markers are part of them. */
function splitRun({ kind, text }: WordRun, { hasColor }: Terminal): string[] {
  const shown = escapeForTerminal(text);
  return (hasColor ? shown : markRun({ kind, text: shown })).split(BREAKS);
}

/** After a space, and between characters of scripts that put no spaces between words. */
const BREAKS =
  /(?<= )(?! )|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

function styleRun(kind: WordRun['kind'], text: string, terminal: Terminal): string {
  switch (kind) {
    case 'removed':
      return terminal.style(text, 'red', 'strikethrough');
    case 'added':
      return terminal.style(text, 'green', 'bold');
    case 'omitted':
      return terminal.style(text, 'dim');
    case 'same':
      return text;
    default:
      return kind satisfies never;
  }
}
