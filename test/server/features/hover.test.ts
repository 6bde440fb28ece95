import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CHECKS } from '#core/eval/checks/index.ts';
import type { Knowledge } from '#server/analysis.ts';
import { buildHover } from '#server/features/hover.ts';
import { type AnalysisOptions, analyze, loadKnowledge } from '#test/support/analysis.ts';
import { WEATHER } from '#test/support/sample-prompts.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

function hover(marked: string, options: AnalysisOptions = {}): string {
  const { analysis, cursor } = analyze(marked, { knowledge, ...options });
  const found = buildHover(analysis, cursor, CHECKS);
  return found ? (found.contents as { value: string }).value : '';
}

const at = (mark: string, text = WEATHER): string =>
  text.replace(mark, `${mark.slice(0, 1)}$0${mark.slice(1)}`);

test('hover on a variable: declaration, trust, values, tokens', () => {
  const text = hover(at('city}}'));
  for (const part of [
    'Where the user is.',
    'type string',
    'trust **user**',
    'default `Rome`',
    '`Oslo`',
    '`Rio de Janeiro`',
    'missing in 1 of 3 rows',
    'Tokens: ',
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
  assert.equal(hover(at('city}}'), {}), hover(WEATHER.replace('- city: Oslo', '- ci$0ty: Oslo')));
  const settings = { variables: { x: { trust: 'external', maxTokens: 9 } } };
  const undeclared = hover('messages:\n  - content: "{{$0x}}"\n', { settings });
  assert.match(
    undeclared,
    /not declared.*trust \*\*external\*\* \(from the settings\).*at most 9 tokens/s,
  );
});

test('hover on a model: window, prices, encoding and date; a suggestion for an unknown one', () => {
  const text = hover(at('openai/gpt-4o-mini'));
  for (const part of ['128,000 tokens', '$0.15', '$0.6', 'o200k_base', 'genai-prices'])
    assert.ok(text.includes(part), `${part} in ${text}`);
  assert.match(hover('model: openai/gpt-4o-min$0y\n'), /unknown model.*Did you mean.*gpt-4o-mini/s);
  assert.match(hover('model: github:openai/$0gpt-4o\n'), /Retired 2026-07-30/);
  assert.equal(hover('model: gpt$0-4o\n', { knowledge: { ...knowledge, models: null } }), '');
});

test('hover on a message: tokens, share and cost', () => {
  const text = hover(WEATHER.replace('role: user', 'role: us$0er'));
  assert.match(text, /Message 2 \(user\): 7 \/ 7 \/ 9 tokens/);
  assert.match(text, /of a call’s input cost/);
  assert.match(
    hover(WEATHER.replace('content: Be', 'con$0tent: Be')),
    /The text of the message\..*Message 1 \(system\): 3 tokens/s,
  );
});

test('hover on keys, from the schema', () => {
  assert.match(hover(at('temperature')), /Sampling randomness.*number from 0 to 2/s);
  assert.match(hover(at('variables')), /Declarations of the placeholders.*Promptsmith extension/s);
  assert.match(hover('modelParameters:\n  max_to$0kens: 1\n'), /alias of `maxTokens`/);
  assert.match(
    hover('testData:\n  - $case: { mu$0st: true }\n'.replace('$case', '\u0001')).concat(
      hover('acceptance: { passRa$0te: 1 }\n'),
    ),
    /Minimum pass rate/,
  );
  assert.equal(hover('madeUp$0Key: 1\nmessages: []\n'), '');
});

test('hover on evaluators: what they do and which tools support them', () => {
  assert.match(
    hover(at('promptsmith/not-regex')),
    /not-regex.*regular expression matches.*passes when the check fails.*`value`.*Supported by Promptsmith only/s,
  );
  assert.match(
    hover(WEATHER.replace('value: a+', 'val$0ue: a+')),
    /The pattern, without slashes.*required/s,
  );
  assert.match(
    hover(WEATHER.replace('string:\n      equals', 'str$0ing:\n      equals')),
    /Part of the base format/,
  );
  assert.match(
    hover('evaluators:\n  - uses: github/simi$0larity\n'),
    /github\/similarity.*gh models eval/s,
  );
});

test('hover on rule ids in comments and settings', () => {
  assert.match(
    hover('# promptsmith-disable-next-line unknown-mo$0del\nmodel: x\n'),
    /`unknown-model`.*The model id is in no catalog.*recommended.*misspelled id/s,
  );
  assert.match(
    hover('rules:\n  unknown-mo$0del: off\n', { path: '.promptsmith.yaml' }),
    /`unknown-model`/,
  );
  assert.match(hover('mo$0de: audit\n', { path: '.promptsmith.yaml' }), /Which rules run/);
});
