import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { root } from '../../scripts/process.mjs';

// The templates and snippets of the extension are read by the program, which the extension does not carry.

/** What only time brings. */
const OF_BEGINNERS = ['small-golden-set'];

const files = readdirSync(join(root, 'templates'));
const templates = new Map(
  files.map((file) => [file, readFileSync(join(root, 'templates', file), 'utf8')]),
);

interface Report {
  readonly files: readonly { readonly findings: readonly { readonly id: string }[] }[];
}

async function findingsIn(cwd: string): Promise<string[]> {
  const { stdout, stderr } = await promptsmith(['check', '--mode', 'pedantic', '--json'], { cwd });
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as Report).files
    .flatMap(({ findings }) => findings.map(({ id }) => id))
    .filter((id) => !OF_BEGINNERS.includes(id));
}

test('there is nothing to say against the templates', async (t) => {
  assert.equal(templates.size, 6);
  assert.deepEqual(await findingsIn(await folderWith(t, Object.fromEntries(templates))), []);
});

test('each template has a name, a description, acceptance and golden cases with an attack', () => {
  for (const [file, text] of templates) {
    const { name, description, acceptance, rows } = parsePrompt(text);
    assert.ok(name && description && acceptance, file);
    assert.ok(rows.length >= 4, file);
    assert.match(text, /tags: \[adversarial\]/, file);
  }
});

/** An answer as a good model gives it to a golden case. */
function goodAnswer(file: string, row: ReturnType<typeof parsePrompt>['rows'][number]): string {
  const expected = row.values.get('expected')?.text ?? '';
  switch (file) {
    case 'classify.prompt.yaml':
    case 'extract.prompt.yaml':
      return expected;
    case 'judge.prompt.yaml':
      return `The reference settles it.\n${expected}`;
    case 'answer-from-context.prompt.yaml':
      return expected.startsWith('The') ? expected : `It is ${expected}, see [1].`;
    case 'rewrite.prompt.yaml':
      return `It is about ${(JSON.parse(expected) as string[]).join(' and ')}.`;
    case 'summarize.prompt.yaml': {
      const facts = row.values.get('document')?.text.replace(/Whoever[^.]*\./, '') ?? '';
      return facts.replace(/\s+/g, ' ').trim();
    }
    default:
      throw new Error(`no good answers to ${file} are known`);
  }
}

for (const [name, answer, code] of [
  ['good answers pass', goodAnswer, 0],
  ['nonsense fails', () => 'Bananas are yellow!\n\n- and long', 1],
] as const) {
  test(`the golden cases of each template tell good from bad: ${name}`, async (t) => {
    for (const [file, text] of templates) {
      const { rows } = parsePrompt(text);
      const recordings = rows.map((row) =>
        JSON.stringify({
          v: 1,
          why: { case: row.meta.name, repeat: 0, role: 'answer' },
          model: 'openai/gpt-5.4-mini-2026-03-17',
          answer: {
            text: answer(file, row),
            finishReason: 'stop',
            usage: { input: 100, output: 20 },
            latencyMs: 500,
            servedBy: 'gpt-5.4-mini-2026-03-17',
          },
          at: '2026-11-18T08:12:07.463Z',
          source: 'sample',
        }),
      );
      const cwd = await folderWith(t, {
        [file]: text,
        [`recordings/${file.replace('.prompt.yaml', '.jsonl')}`]: `${recordings.join('\n')}\n`,
      });
      const result = await promptsmith(['eval', file, '--replay'], { cwd });
      assert.equal(result.code, code, `${file}\n${result.stdout}\n${result.stderr}`);
      const counts = /(\d+) passed|all (\d+)/.exec(result.stdout)?.[0];
      assert.ok(counts, result.stdout);
      if (code === 1) assert.match(result.stdout, new RegExp(`0 passed, ${rows.length} failed`));
    }
  });
}

interface Snippet {
  readonly body: readonly string[];
}

test('a prompt made of the snippets is a good one', async (t) => {
  const snippets: Record<string, Snippet> = JSON.parse(
    readFileSync(join(root, 'snippets/prompt-yaml.json'), 'utf8'),
  );
  const lines = (name: string, indent: number) =>
    (snippets[name]?.body ?? [])
      .map((line) => line.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace('$0', ''))
      .filter((line) => line !== '')
      .map((line) => ' '.repeat(indent) + line);
  const system = ['Role', 'Constraints', 'Output format', 'Data guard'];
  const text = [
    'model: openai/gpt-5.4-mini',
    'messages:',
    '  - role: system',
    '    content: |',
    ...system.flatMap((name) => lines(name, 6)),
    ...lines('Few-shot block', 2),
    '  - role: user',
    '    content: |',
    ...lines('Data block', 6),
    'modelParameters: { maxCompletionTokens: 50 }',
    'variables:',
    '  - { name: document, trust: external, maxTokens: 500 }',
    '',
  ].join('\n');
  assert.deepEqual(Object.keys(snippets).length, system.length + 2);
  assert.doesNotMatch(text, /\$/);
  assert.deepEqual(await findingsIn(await folderWith(t, { 'a.prompt.yaml': text })), [], text);
});
