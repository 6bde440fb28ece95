import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { locateCases } from '#app/eval/locate-cases.ts';
import { readCases } from '#app/eval/read-cases.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { folderWith } from '../../support/cli.ts';

const PROMPT = `model: acme/chat
messages: [{ role: user, content: "{{word}}" }]
testData:
  - word: a
    $case: { name: first, tags: [easy], group: letters, must: true }
  - word: b
`;

test('cases have their id, tags, group and where their row stands', () => {
  const [first, second] = locateCases(parsePrompt(PROMPT).rows, () => PROMPT);
  assert.deepEqual(first, {
    id: 'first',
    name: 'first',
    file: null,
    range: { start: { line: 3, character: 4 }, end: { line: 4, character: 68 } },
    tags: ['easy'],
    group: 'letters',
    must: true,
  });
  assert.match(second?.id ?? '', /^[0-9a-f]{12}$/);
  assert.equal(second?.name, 'row 2 · b');
  assert.equal(second?.range.start.line, 5);
  assert.equal(second?.group, null);
});

test('rows of test files stand in their files', async (t) => {
  const text = `${PROMPT}testFiles: [cases/more.jsonl]\n`;
  const cwd = await folderWith(t, { 'a.prompt.yaml': text, '.promptsmith.yaml': 'mode: audit\n' });
  await mkdir(join(cwd, 'cases'));
  await writeFile(
    join(cwd, 'cases/more.jsonl'),
    '{"word":"c"}\n{"word":"d","$case":{"name":"last"}}\n',
  );
  const { cases, fingerprints } = await readCases({ file: join(cwd, 'a.prompt.yaml'), cwd, text });
  assert.equal(cases.length, 4);
  assert.deepEqual(
    [...fingerprints.rows.keys()],
    cases.map(({ id }) => id),
  );
  const last = cases.at(-1);
  assert.equal(last?.id, 'last');
  assert.equal(last?.file, join(cwd, 'cases/more.jsonl'));
  assert.equal(last?.range.start.line, 1);
});
