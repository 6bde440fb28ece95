import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { Wording } from '#core/registry/change.ts';
import { diffWords } from '#core/registry/diff-words.ts';
import { layOutWords, type WordLine, type WordRun } from '#core/registry/lay-out-words.ts';
import { measureColumns, type Terminal } from '../terminal.ts';

/** Prints what changed in a text word by word: in color, else as `[-removed-]{+added+}`. */
export function printWords({ before, after }: Wording, indent: string, terminal: Terminal): void {
  for (const line of layOutWords(diffWords(before, after)))
    wrapLine(line, terminal, terminal.width - indent.length - 2).forEach((part, i) => {
      // Two more spaces: this is not a line of the text.
      terminal.print(`${indent}${i > 0 ? '  ' : ''}${part}`);
    });
}

/** Breaks a line between words, each with its own style, so that no style reaches into the indentation. */
function wrapLine(line: WordLine, terminal: Terminal, width: number): string[] {
  const lines: WordRun[][] = [[]];
  let used = 0;
  for (const { kind, text } of line) {
    for (const word of splitRun({ kind, text }, terminal)) {
      if (used > 0 && used + measureColumns(word.trimEnd()) > width) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push({ kind, text: word });
      used += measureColumns(word);
    }
  }
  return lines.map((words) => joinWords(words, terminal));
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
  const [open, close] = hasColor ? ['', ''] : MARKERS[kind];
  return `${open}${escapeForTerminal(text)}${close}`.split(BREAKS);
}

/** After a space, and between characters of scripts that put no spaces between words. */
const BREAKS =
  /(?<= )(?! )|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

const MARKERS: Readonly<Record<WordRun['kind'], readonly [string, string]>> = {
  same: ['', ''],
  removed: ['[-', '-]'],
  added: ['{+', '+}'],
  omitted: ['', ''],
};

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
