import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { cutToWidth, formatTable, measureColumns, Terminal } from '#cli/terminal.ts';
import { formatWorkflowCommand } from '#core/printing/ci-log.ts';

const HOSTILE = '\u001b[2J\u001b]0;title\u0007 \u202e ::add-mask::x';
const SHOWN = '␛[2J␛]0;title␇ ⟦U+202E⟧ ::add-mask::x';

interface Printed {
  readonly terminal: Terminal;
  out(): string;
  err(): string;
}

function terminalTo(
  environment: Record<string, string>,
  tty = false,
  color: 'always' | 'auto' = 'auto',
): Printed {
  const streams = [new PassThrough(), new PassThrough()] as const;
  for (const stream of streams) Object.assign(stream, { isTTY: tty });
  const terminal = new Terminal(...streams, color, environment);
  const [out, err] = streams.map((stream) => () => String(stream.read() ?? ''));
  return { terminal, out: out as () => string, err: err as () => string };
}

test('no line makes a terminal do anything but show it, whoever wrote it', () => {
  const { terminal, out, err } = terminalTo({});
  terminal.print(HOSTILE);
  terminal.note(HOSTILE);
  assert.equal(out(), `${SHOWN}\n`);
  assert.equal(err(), `${SHOWN}\n`);
});

test('styles of our own reach the terminal, others are shown', () => {
  const { terminal, out } = terminalTo({}, false, 'always');
  terminal.print(`${terminal.style('a', 'red', 'bold')} \u001b[8mhidden\u001b[5m`);
  assert.equal(out(), '\u001b[1m\u001b[31ma\u001b[39m\u001b[22m ␛[8mhidden␛[5m\n');
  const plain = terminalTo({ NO_COLOR: '1' }, true);
  plain.terminal.print(`${plain.terminal.style('a', 'red')} \u001b[31mb`);
  assert.equal(plain.out(), 'a ␛[31mb\n');
});

test('a result goes to a file or a pipe as it is, and to a terminal escaped', () => {
  const piped = terminalTo({});
  piped.terminal.write(HOSTILE);
  assert.equal(piped.out(), HOSTILE);
  const shown = terminalTo({}, true);
  shown.terminal.write(HOSTILE);
  assert.equal(shown.out(), SHOWN);
});

test('progress stays on one line that the next print takes away', () => {
  const { terminal, out, err } = terminalTo({}, true);
  terminal.status('case a\nb \u001b[2J');
  assert.equal(err(), 'case a b ␛[2J');
  terminal.print('done');
  assert.equal(out() + err(), 'done\n\r\u001b[2K');
});

test('in a CI log only our own commands are commands', () => {
  const { terminal, out } = terminalTo({ GITHUB_ACTIONS: 'true' });
  terminal.print('::add-mask::x');
  terminal.printCommand(formatWorkflowCommand('notice', {}, '::x'));
  // @ts-expect-error: a command is made by its own function
  terminal.printCommand('::error::x');
  assert.equal(out(), ': :add-mask::x\n::notice::::x\n::error::x\n');
});

test('columns are those that a terminal uses', () => {
  const table: [text: string, columns: number][] = [
    ['abc', 3],
    ['⌚', 2],
    ['✅', 2],
    ['⭐', 2],
    ['한국', 4],
    ['e\u0301', 1],
    ['👩\u200d💻', 2],
    ['🇳🇴', 2],
    ['\u001b[31mred\u001b[39m', 3],
    ['a\u200bb', 2],
  ];
  for (const [text, columns] of table) assert.equal(measureColumns(text), columns, text);
  assert.deepEqual(
    formatTable([
      ['⭐ a', 'x'],
      ['bcd', 'y'],
    ]),
    ['⭐ a  x', 'bcd   y'],
  );
});

test('a text is cut to its columns and never within a character', () => {
  assert.equal(cutToWidth('abcdef', 6), 'abcdef');
  assert.equal(cutToWidth('abcdefg', 6), 'abcde…');
  assert.equal(cutToWidth('ab👩\u200d💻cd', 5), 'ab👩\u200d💻…');
  assert.equal(cutToWidth('ab👩\u200d💻cd', 4), 'ab…');
  assert.equal(cutToWidth('한국어', 4), '한…');
});
