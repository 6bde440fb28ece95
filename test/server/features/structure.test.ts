import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SelectionRange } from 'vscode-languageserver';
import { findLinks } from '#server/features/document-link.ts';
import { buildSymbols } from '#server/features/document-symbol.ts';
import { findFolds } from '#server/features/folding-range.ts';
import { buildSelectionRange } from '#server/features/selection-range.ts';
import { encodeTokens } from '#server/features/semantic-tokens.ts';
import { findSymbols } from '#server/features/workspace-symbol.ts';
import { createPromptEntry } from '#server/prompt-entry.ts';
import { analyse } from '#test/support/analysis.ts';

const PROMPT = `# yaml-language-server: $schema=https://x.example/s.json
# second line
name: Weather
model: openai/gpt-4o
variables:
  - name: city
    description: Where
messages:
  - role: system
    content: |
      Be brief.
      <doc>
      {{city}} 😀 {{city}}
      </doc> <br>

  - role: user
    content: hi
testData:
  - $case: { name: north }
    city: Oslo
  - city: Rome
testFiles: [more.csv, "data/*.jsonl"]
evaluators:
  - name: short
    uses: promptsmith/length
`;
const { analysis } = analyse(PROMPT.replace('$0', ''));

test('document symbols: the outline with ranges that hold each other', () => {
  const symbols = buildSymbols(analysis);
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
    [
      ['name', undefined],
      ['model', undefined],
      ['variables', ['city']],
      ['messages', ['system', 'user']],
      ['testData', ['north', 'row 2']],
      ['testFiles', ['more.csv', 'data/*.jsonl']],
      ['evaluators', ['short']],
    ],
  );
  assert.deepEqual(symbols[3]?.range, {
    start: { line: 7, character: 0 },
    end: { line: 16, character: 15 },
  });
  assert.equal(symbols[3]?.children?.[0]?.detail, 'Be brief.');
});

test('folding: keys, items, block scalars and comments', () => {
  const folds = findFolds(analysis).map(({ startLine, endLine }) => [startLine, endLine]);
  assert.deepEqual(folds, [
    [0, 1],
    [4, 6],
    [5, 6],
    [7, 16],
    [8, 13],
    [9, 13],
    [15, 16],
    [17, 20],
    [18, 19],
    [22, 24],
    [23, 24],
  ]);
});

test('a selection grows from the word to the file', () => {
  const grown: string[] = [];
  let range: SelectionRange | undefined = buildSelectionRange(
    analysis,
    PROMPT.indexOf('city}}') + 1,
  );
  for (; range; range = range.parent) {
    const { lines, text } = analysis;
    grown.push(text.slice(lines.offset(range.range.start), lines.offset(range.range.end)));
  }
  assert.deepEqual(grown.slice(0, 3), ['city', '{{city}}', '{{city}} 😀 {{city}}']);
  assert.ok(grown[3]?.startsWith('|\n      Be brief.'));
  assert.ok(grown[4]?.startsWith('content: |'));
  assert.equal(grown.at(-1), PROMPT);
  assert.ok(grown.every((text, i) => i === 0 || text.includes(grown[i - 1] ?? '')));
});

test('links: test files and the schema, no globs', () => {
  assert.deepEqual(
    findLinks(analysis).map(({ target }) => target),
    ['file:///w/more.csv', 'https://x.example/s.json'],
  );
});

test('semantic tokens: variables and data tags, in UTF-16', () => {
  const decode = (data: readonly number[]): string[] => {
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [down = 0, right = 0, length = 0, type, modifier] = data.slice(i, i + 5);
      character = down > 0 ? right : character + right;
      line += down;
      found.push(
        `${line} ${analysis.lines.line(line).slice(character, character + length)} ${type} ${modifier}`,
      );
    }
    return found;
  };
  const whole = { start: 0, end: PROMPT.length };
  assert.deepEqual(decode(encodeTokens(analysis, whole).data), [
    '5 city 0 1',
    '11 doc 1 0',
    '12 city 0 0',
    '12 city 0 0',
    '13 doc 1 0',
    '19 city 0 0',
    '20 city 0 0',
  ]);
  const start = PROMPT.indexOf('testData');
  assert.equal(encodeTokens(analysis, { start, end: PROMPT.length }).data.length, 10);
});

test('workspace symbols: prompts by name, variables when asked for', () => {
  const entries = [createPromptEntry(analysis)];
  assert.deepEqual(
    findSymbols(entries, '').map(({ name }) => name),
    ['Weather'],
  );
  assert.deepEqual(
    findSymbols(entries, 'wtr').map(({ containerName }) => containerName),
    ['openai/gpt-4o'],
  );
  assert.deepEqual(
    findSymbols(entries, 'CIT').map(({ name, containerName }) => [name, containerName]),
    [['city', 'Weather']],
  );
  assert.deepEqual(findSymbols(entries, 'zzz'), []);
});
