import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { CHECKS } from '#core/eval/checks/index.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { applyEdits } from '#core/text.ts';
import { pathToUri } from '#io/files.ts';
import { Analysis, type Knowledge } from '#server/analysis.ts';
import { completeAt } from '#server/features/completion.ts';
import { type AnalysisOptions, analyze, loadKnowledge } from '#test/support/analysis.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

const CLIENT = { snippets: true, insertReplace: false };

async function items(
  marked: string,
  options: AnalysisOptions = {},
  client = CLIENT,
): Promise<CompletionItem[]> {
  const { analysis, cursor } = analyze(marked, { knowledge, ...options });
  return (await completeAt(analysis, cursor, CHECKS, client)).items;
}

async function labels(marked: string, options: AnalysisOptions = {}): Promise<string[]> {
  return (await items(marked, options)).map(({ label }) => label);
}

/** The text after choosing an item, by a client without snippets. */
async function chosen(
  marked: string,
  label: string,
  options: AnalysisOptions = {},
): Promise<string> {
  const { analysis, text } = analyze(marked, { knowledge, ...options });
  const list = await items(marked, options, { snippets: false, insertReplace: false });
  const item = list.find((one) => one.label === label);
  assert.ok(item, `${label} is not among ${list.map((one) => one.label).join(', ')}`);
  const { range, newText } = item.textEdit as TextEdit;
  assert.equal(range.start.line, range.end.line, 'an edit on one line');
  const span = { start: analysis.lines.offset(range.start), end: analysis.lines.offset(range.end) };
  return applyEdits(text, [{ span, text: newText }]);
}

test('keys by place, in canonical order, without the existing ones', async () => {
  const top = await labels('name: x\n$0\nmodel: y\n');
  assert.deepEqual(top.slice(0, 3), ['description', 'modelParameters', 'responseFormat']);
  assert.ok(!top.includes('response_format'));
  assert.deepEqual(await labels('messages:\n  - role: user\n    $0\n'), ['content']);
  assert.deepEqual((await labels('messages:\n  - $0\n')).slice(0, 3), [
    'role',
    'content',
    'system message',
  ]);
  assert.deepEqual(
    await labels('modelParameters:\n  max$0\n').then((l) => l.includes('maxTokens')),
    true,
  );
  assert.deepEqual(
    await labels('modelParameters: { temperature: 1, $0 }\n').then((l) => [
      l.includes('seed'),
      l.includes('temperature'),
    ]),
    [true, false],
  );
  assert.ok((await labels('acceptance:\n  $0')).includes('passRate'));
  assert.ok((await labels('budget: {$0')).includes('maxCostPerRun'));
  assert.ok((await labels('variables:\n  a:\n    $0\n')).includes('trust'));
  assert.ok((await labels('variables:\n  - name: a\n    $0\n')).includes('maxTokens'));
});

test('inserting a completion results in a valid file', async () => {
  assert.equal(await chosen('na$0', 'name'), 'name: ');
  assert.equal(
    await chosen('mess$0', 'messages'),
    'messages:\n  - role: system\n    content: |\n      ',
  );
  assert.equal(
    await chosen('messages:\n  - role: user\n    c$0', 'content'),
    'messages:\n  - role: user\n    content: |\n      ',
  );
  assert.equal(
    await chosen('messages:\n  - role: user\n  $0\n', 'user message'),
    'messages:\n  - role: user\n  - role: user\n    content: |\n      \n',
  );
  assert.equal(
    await chosen('messages:\n  - ro$0le: user\n', 'role'),
    'messages:\n  - role: user\n',
  );
  assert.equal(await chosen('messages: [{ ro$0', 'role'), 'messages: [{ role: system');
  for (const label of [
    'messages',
    'testData',
    'evaluators',
    'variables',
    'jsonSchema',
    'acceptance',
  ])
    assert.equal(parsePrompt(await chosen('$0', label)).broken, false, label);
});

test('values: roles, enumerations, booleans, common numbers', async () => {
  assert.deepEqual(await labels('messages:\n  - role: $0'), ['system', 'user', 'assistant']);
  assert.equal(await chosen('messages:\n  - role:$0', 'user'), 'messages:\n  - role: user');
  assert.equal(
    await chosen('messages:\n  - role: us$0er\n    content: x\n', 'system'),
    'messages:\n  - role: system\n    content: x\n',
  );
  assert.equal(
    await chosen('responseFormat: "js$0on"\n', 'json_object'),
    'responseFormat: "json_object"\n',
  );
  assert.deepEqual(await labels('modelParameters:\n  temperature: $0'), ['0', '0.2', '0.7', '1']);
  assert.ok((await labels('modelParameters: {reasoningEffort: $0}')).includes('high'));
  assert.deepEqual(await labels('variables:\n  - name: a\n    required: $0'), ['true', 'false']);
  assert.deepEqual(await labels('variables:\n  a: {trust: $0}'), [
    'trusted',
    'user',
    'external',
    'untrusted',
  ]);
});

test('models, each with its window and prices', async () => {
  const models = await items('model: openai/$0gpt\n');
  const mini = models.find(({ label }) => label === 'openai/gpt-4o-mini');
  assert.match(mini?.detail ?? '', /128k window · \$0\.15 in/);
  assert.equal(
    await chosen('model: openai/$0gpt # c\n', 'openai/gpt-4o'),
    'model: openai/gpt-4o # c\n',
  );
  assert.ok((await labels('candidates:\n  - $0')).includes('openai/gpt-4o'));
  assert.ok((await labels('evaluators:\n  - llm:\n      modelId: $0')).includes('openai/gpt-4o'));
});

const template =
  'variables:\n  - name: city\n    description: Where\nmessages:\n  - role: user\n    content: |\n      In {{$0\ntestData:\n  - country: x\n';
test('placeholders inside braces, closed and open', async () => {
  assert.deepEqual(await labels(template), ['city', 'country']);
  assert.match(await chosen(template, 'city'), /In \{\{city\}\}\n/);
  assert.match(
    await chosen(template.replace('{{$0', '{{c$0}} and'), 'city'),
    /In \{\{city\}\} and\n/,
  );
  assert.match(
    await chosen(template.replace('{{$0', '{{ci$0ty}}'), 'country'),
    /In \{\{country\}\}\n/,
  );
  assert.match(
    await chosen(template.replace('|\n      In {{$0', '"In {{$0"'), 'city'),
    /"In \{\{city\}\}"\n/,
  );
  assert.match(
    await chosen(template.replace('|\n      In {{$0', "'In {{$0"), 'city'),
    /'In \{\{city\}\}\n/,
  );
  assert.match(
    await chosen(template.replace('|\n      In {{$0', 'In {{$0'), 'city'),
    /: In \{\{city\}\}\n/,
  );
  assert.deepEqual(await labels(template.replace('{{', '{')), []);
  const judge =
    'messages:\n  - content: "{{a}}"\nevaluators:\n  - llm:\n      prompt: |\n        {{$0\n';
  assert.deepEqual(await labels(judge), ['a', 'completion']);
  assert.deepEqual(
    await labels(
      'messages:\n  - content: "{{a}}"\nevaluators:\n  - string: { contains: "{{$0" }\n',
    ),
    ['a'],
  );
  assert.deepEqual(await labels('description: "{{$0"\nmessages:\n  - content: "{{a}}"\n'), []);
});

test('placeholders of any script and with blanks', async () => {
  const keys =
    'messages:\n  - role: user\n    content: |\n      In {{$0\ntestData:\n  - größe: x\n    Standard Question: y\n    Size (cm): z\n';
  assert.deepEqual(await labels(keys), ['größe', 'Standard Question', 'Size (cm)']);
  for (const typed of ['{{Standard Qu$0', '{{Standard Qu$0estion}}', '{{größ$0e}}'])
    assert.match(
      await chosen(keys.replace('{{$0', typed), 'Size (cm)'),
      /In \{\{Size \(cm\)\}\}\n/,
    );
});

test('data tags after <', async () => {
  const text = 'messages:\n  - content: |\n      <doc>\n      {{doc}}\n      <$0\n';
  assert.deepEqual(await labels(text), ['</doc>', '<doc>']);
  assert.match(await chosen(text, '</doc>'), /\{\{doc\}\}\n {6}<\/doc>\n/);
});

test('row keys: missing variables, expected and $case', async () => {
  const row = 'messages:\n  - content: "{{a}} {{b}}"\ntestData:\n  - a: 1\n    $0\n';
  const found = await labels(row);
  assert.deepEqual([...found].sort(), ['$case', 'b', 'expected']);
  assert.match(await chosen(row, '$case'), /\n {4}\$case:/);
  assert.match(
    await chosen(row.replace('- a: 1\n    $0', '- $0'), 'golden case'),
    /- a: \n {4}b: \n {4}expected: \n/,
  );
});

test('evaluator kinds with their parameters', async () => {
  const text = 'evaluators:\n  - name: a\n    uses: promptsmith/re$0\n';
  const regex = (await items(text)).find(({ label }) => label === 'promptsmith/regex');
  assert.match(JSON.stringify(regex?.documentation), /Supported by Promptsmith only/);
  assert.equal(regex?.textEdit?.newText, 'promptsmith/regex\n    with:\n      value: $1');
  assert.equal(
    await chosen(`${text}    with: x\n`, 'promptsmith/regex'),
    'evaluators:\n  - name: a\n    uses: promptsmith/regex\n    with: x\n',
  );
  assert.ok(
    (await labels('evaluators:\n  - uses: promptsmith/n$0\n')).includes('promptsmith/not-contains'),
  );
  assert.deepEqual(
    await labels('evaluators:\n  - uses: promptsmith/regex\n    with:\n      $0\n'),
    ['value', 'flags'],
  );
  assert.match(
    await chosen('evaluators:\n  - $0\n', 'promptsmith/regex'),
    /- name: regex\n {4}uses: promptsmith\/regex\n {4}with:\n {6}value: \n/,
  );
});

test('suppressions and their rules in comments', async () => {
  assert.ok((await labels('# pro$0\nname: x\n')).includes('promptsmith-disable-next-line'));
  assert.ok((await labels('# promptsmith-disable-line un$0\n')).includes('unknown-model'));
  assert.deepEqual(await labels('messages:\n  - content: |\n      # pro$0\n'), []);
});

test('the settings file has its own keys, rules and values', async () => {
  const path = '.promptsmith.yaml';
  assert.ok((await labels('$0', { path })).includes('rules'));
  assert.deepEqual(await labels('mode: $0', { path }), ['recommended', 'pedantic', 'audit']);
  assert.ok((await labels('rules:\n  $0', { path })).includes('unknown-model'));
  assert.deepEqual(await labels('rules:\n  unknown-model: $0', { path }), [
    'error',
    'warning',
    'info',
    'hint',
    'off',
  ]);
  const gates = await labels('promotion:\n  production:\n    gate: $0', { path });
  assert.deepEqual(gates, ['any', 'no-regression', 'non-inferior']);
  assert.match(await chosen('overr$0', 'overrides', { path }), /overrides:\n {2}- files: \[""\]/);
});

test('paths in testFiles', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-completion-'));
  await mkdir(join(folder, 'data'));
  await Promise.all(
    ['cases.csv', 'notes.md', 'b.prompt.yaml', 'data/more.jsonl'].map((name) =>
      writeFile(join(folder, name), ''),
    ),
  );
  const complete = async (text: string): Promise<string[]> => {
    const { analysis } = analyze(text, { knowledge });
    const here = new Analysis(
      { uri: pathToUri(join(folder, 'a.prompt.yaml')), version: 1, text: text.replace('$0', '') },
      analysis.file,
      knowledge,
      {},
    );
    return (await completeAt(here, text.indexOf('$0'), CHECKS, CLIENT)).items.map(
      ({ label }) => label,
    );
  };
  assert.deepEqual(await complete('testFiles:\n  - $0\n'), ['cases.csv', 'data/']);
  assert.deepEqual(await complete('testFiles: [data/$0]\n'), ['data/more.jsonl']);
  await rm(folder, { recursive: true });
});

test('a client with insert and replace gets both ranges', async () => {
  const [item] = await items(
    'messages:\n  - role: us$0er\n',
    {},
    { snippets: true, insertReplace: true },
  );
  assert.deepEqual(item?.textEdit, {
    newText: 'system',
    insert: { start: { line: 1, character: 10 }, end: { line: 1, character: 12 } },
    replace: { start: { line: 1, character: 10 }, end: { line: 1, character: 14 } },
  });
});
