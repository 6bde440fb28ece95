import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { isReported, isTainted, type Taint, TaintMap } from '#core/lint/taint.ts';
import { guessTrust } from '#core/lint/variable-names.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { readSettings } from '#core/settings.ts';

const uri = 'file:///w.yml';
const span = { start: 0, end: 1 };
const input = (trust: 'trusted' | 'unknown' | 'user' | 'external') =>
  ({
    name: 'x',
    expression: trust,
    span,
    trust,
    confidence: 'high',
    kind: 'expression',
    raw: null,
  }) as const;

function taintOf(file: string, settings: object = {}, facts: WorkspaceFacts = {}, name = 'x') {
  const read = readSettings(settings);
  assert.deepEqual(read.complaints, []);
  const { trust, confidence, source } = new TaintMap(parsePrompt(file), read.settings, facts).get(
    name,
  );
  return `${trust} ${confidence} ${source}`;
}

test('the file takes precedence over settings, settings over workflows, workflows over names', () => {
  const file = 'variables:\n  - { name: x, trust: untrusted }\nmessages: []\n';
  const settings = { variables: { x: { trust: 'trusted' } } };
  const facts = {
    callSites: [{ uri, span, inputs: [input('external')], action: null, tools: null }],
  };
  assert.equal(taintOf(file, settings, facts), 'user high declaration');
  assert.equal(taintOf('messages: []', settings, facts), 'trusted high settings');
  assert.equal(taintOf('messages: []', {}, facts), 'external high workflow');
  assert.equal(taintOf('messages: []', {}, {}, 'issue_body'), 'external low name');
  assert.equal(taintOf('messages: []'), 'unknown low nothing');
});

test('a declaration without trust decides nothing, unless its type cannot contain an instruction', () => {
  const declared = (line: string) => `variables:\n  - { name: question, ${line} }\nmessages: []\n`;
  const of = (line: string) => taintOf(declared(line), {}, {}, 'question');
  assert.equal(of('type: string'), 'user low name');
  assert.equal(of('type: integer'), 'trusted high declaration');
  assert.equal(of('type: boolean'), 'trusted high declaration');
  assert.equal(of('enum: [a, b]'), 'trusted high declaration');
});

test('of several workflows, the least trusted value counts; unreadable values decide nothing', () => {
  const calls = (...inputs: ReturnType<typeof input>[]) => ({
    callSites: [{ uri, span, inputs, action: null, tools: null }],
  });
  assert.equal(taintOf('', {}, calls(input('trusted'), input('user'))), 'user high workflow');
  assert.equal(taintOf('', {}, calls(input('trusted'))), 'trusted high workflow');
  assert.equal(taintOf('', {}, calls(input('unknown'))), 'unknown low nothing');
  for (const [a, b, expected] of [
    ['trusted', 'unknown', 'unknown low nothing'],
    ['unknown', 'user', 'user high workflow'],
    ['user', 'external', 'external high workflow'],
  ] as const)
    for (const inputs of [calls(input(a), input(b)), calls(input(b), input(a))])
      assert.equal(taintOf('', {}, inputs), expected, `${a} and ${b}`);
});

test('names suggest trust', () => {
  const names = {
    external:
      'diff issue_body commit_data pr_details emailText document docs review html retrieved_chunks tool.output issueTitle',
    user: 'input question user_query prompt message request topic',
    trusted: 'language output_language_name tone currentDate max-length repo model_id version tag',
    null: 'x animal generated_query default_question systemPrompt promptTitle prompt_name domain user_name issue_author_name background_info typeDefinitions',
  };
  for (const [trust, list] of Object.entries(names))
    for (const name of list.split(' ')) assert.equal(String(guessTrust(name)), trust, name);
});

test('names in other languages and scripts suggest trust too', () => {
  const names = {
    external:
      'documento contenido_documento comentário dokument_text Dokument страница текст_письмо 用户评论 ウェブページ 고객리뷰',
    user: 'codigo_a_analizar código texto textoDelUsuario pregunta entrada question_utilisateur вопрос текст_запроса 入力 用户输入 ユーザー入力 분석할코드 frage',
    trusted: 'idioma idioma_del_texto langue Sprache язык 输出语言 出力言語 출력언어 texto_idioma',
    null: 'perro Straße собака 動物 similarPrompts nombre dato',
  };
  for (const [trust, list] of Object.entries(names))
    for (const name of list.split(' ')) assert.equal(String(guessTrust(name)), trust, name);
});

test('text by users and third parties is tainted; a taint by name only is reported in serious places', () => {
  const taint = (trust: Taint['trust'], source: Taint['source'] = 'workflow'): Taint => ({
    name: 'x',
    confidence: 'high',
    trust,
    source,
  });
  for (const trust of ['user', 'external'] as const) {
    assert.equal(isTainted(taint(trust)), true);
    assert.equal(isReported(taint(trust), 'recommended', false), true);
    assert.equal(isReported(taint(trust, 'name'), 'recommended', true), true);
    assert.equal(isReported(taint(trust, 'name'), 'recommended', false), false);
    assert.equal(isReported(taint(trust, 'name'), 'audit', false), true);
  }
  for (const trust of ['trusted', 'unknown'] as const) {
    assert.equal(isTainted(taint(trust)), false);
    assert.equal(isReported(taint(trust), 'audit', true), false);
  }
});
