import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CHECKS } from '#core/eval/checks/index.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import type { Knowledge } from '#server/analysis.ts';
import { DEFAULT_EDITOR_SETTINGS } from '#server/editor-settings.ts';
import { buildLenses } from '#server/features/code-lens.ts';
import { buildHover } from '#server/features/hover.ts';
import { buildInlayHints } from '#server/features/inlay-hint.ts';
import { renderCase } from '#server/features/render.ts';
import { summarizePrompt } from '#server/features/summary.ts';
import { type AnalysisOptions, analyse, loadedKnowledge } from '#test/support/analysis.ts';
import { recordOf } from '#test/support/registry.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadedKnowledge();
});

function hover(marked: string, options: AnalysisOptions = {}): string {
  const { analysis, cursor } = analyse(marked, { knowledge, ...options });
  const found = buildHover(analysis, cursor, CHECKS);
  return found ? (found.contents as { value: string }).value : '';
}

const PROMPT = `model: openai/gpt-4o-mini # fast
modelParameters:
  temperature: 0
variables:
  - name: city
    description: Where the user is.
    type: string
    trust: user
    default: Rome
messages:
  - role: system
    content: Be brief.
  - role: user
    content: |
      What is the weather in {{city}}?
testData:
  - city: Oslo
  - city: Rio de Janeiro
  - expected: x
evaluators:
  - name: short
    uses: promptsmith/not-regex
    with:
      value: a+
  - name: same
    string:
      equals: yes
`;
const at = (mark: string, text = PROMPT): string =>
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
  assert.equal(hover(at('city}}'), {}), hover(PROMPT.replace('- city: Oslo', '- ci$0ty: Oslo')));
  const settings = { variables: { x: { trust: 'external', maxTokens: 9 } } };
  const undeclared = hover('messages:\n  - content: "{{$0x}}"\n', { settings });
  assert.match(
    undeclared,
    /not declared.*trust \*\*external\*\* \(from the settings\).*at most 9 tokens/s,
  );
});

test('hover on a model: window, prices, encoding, date; and on one that nobody knows', () => {
  const text = hover(at('openai/gpt-4o-mini'));
  for (const part of ['128,000 tokens', '$0.15', '$0.6', 'o200k_base', 'genai-prices'])
    assert.ok(text.includes(part), `${part} in ${text}`);
  assert.match(hover('model: openai/gpt-4o-min$0y\n'), /unknown model.*Did you mean.*gpt-4o-mini/s);
  assert.match(hover('model: github:openai/$0gpt-4o\n'), /Retired 2026-07-30/);
  assert.equal(hover('model: gpt$0-4o\n', { knowledge: { ...knowledge, models: null } }), '');
});

test('hover on a message: tokens, share and cost', () => {
  const text = hover(PROMPT.replace('role: user', 'role: us$0er'));
  assert.match(text, /Message 2 \(user\): 7 \/ 7 \/ 9 tokens/);
  assert.match(text, /of a call’s input cost/);
  assert.match(
    hover(PROMPT.replace('content: Be', 'con$0tent: Be')),
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

test('hover on evaluators: what exactly they do and who else runs them', () => {
  assert.match(
    hover(at('promptsmith/not-regex')),
    /not-regex.*regular expression matches.*passes when the check fails.*`value`.*Supported by Promptsmith only/s,
  );
  assert.match(
    hover(PROMPT.replace('value: a+', 'val$0ue: a+')),
    /The pattern, without slashes.*required/s,
  );
  assert.match(
    hover(PROMPT.replace('string:\n      equals', 'str$0ing:\n      equals')),
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

const ALL = { tokens: true, cost: true, context: true, testRows: true, quality: true };
const hints = (text: string, settings = ALL, options: AnalysisOptions = {}): string[] => {
  const { analysis } = analyse(text, { knowledge, ...options });
  const found = buildInlayHints(analysis, settings, { start: 0, end: text.length });
  return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
};

test('hints beside the model, the messages and the rows', () => {
  assert.deepEqual(hints(PROMPT), [
    '0:32 21–23 tokens/call · $0.0000031/call + answer · < 0.1 % of 128k',
    '10:16 3 tokens',
    '12:14 7–9 tokens',
    '16:14 21 tokens',
    '17:24 23 tokens',
    '18:15 21 tokens',
  ]);
});

test('each kind of hint can be turned off, and only the shown part is answered', () => {
  const off = { tokens: false, cost: false, context: false, testRows: false, quality: false };
  assert.deepEqual(hints(PROMPT, off), []);
  assert.deepEqual(hints(PROMPT, { ...off, cost: true }), ['0:32 $0.0000031/call + answer']);
  assert.deepEqual(hints(PROMPT, { ...off, context: true }), ['0:32 < 0.1 % of 128k']);
  assert.equal(hints(PROMPT, DEFAULT_EDITOR_SETTINGS.hints).length, 3);
  const { analysis } = analyse(PROMPT, { knowledge });
  assert.equal(buildInlayHints(analysis, ALL, { start: 0, end: 40 }).length, 1);
  assert.match(
    JSON.stringify(buildInlayHints(analysis, ALL, { start: 0, end: 40 })),
    /Static text.*Cacheable prefix.*genai-prices/,
  );
});

test('estimates are marked, unknown costs are left out, nothing is shown before it is known', () => {
  assert.match(
    hints(PROMPT.replace('openai/gpt-4o-mini', 'nobody/nothing')).join('\n'),
    /^0:\d+ ≈ 21–23 tokens\/call\n10:16 ≈ 3/,
  );
  assert.deepEqual(hints(PROMPT, ALL, { knowledge: { ...knowledge, counter: null } }), []);
  assert.match(
    hints('messages:\n  - role: user\n    content: hi\n').join(),
    /0:9 ≈ 8 tokens\/call/,
  );
});

test('lenses only for commands that the client has', () => {
  const { analysis } = analyse(PROMPT, { knowledge });
  const lenses = (...commands: string[]) =>
    buildLenses(analysis, { commands: new Set(commands) }).map(({ command }) => command);
  assert.deepEqual(lenses(), []);
  const [run, evaluate] = lenses('promptsmith.evaluatePrompt', 'promptsmith.runPrompt', 'other');
  assert.match(run?.title ?? '', /^▶ Run (?:≤ )?\$0\.\d+( \+ answer)?$/);
  assert.equal(lenses('promptsmith.runPromptWithCase')[0]?.title, '▶ Run with case…');
  assert.deepEqual(run, {
    title: run?.title,
    command: 'promptsmith.runPrompt',
    arguments: [analysis.uri],
  });
  assert.match(evaluate?.title ?? '', /^▶ Evaluate 3 cases ≈ \$0\.0000097$/);
});

test('the lenses stand above the messages, unless a hint could run into them there', () => {
  const commands = new Set(['promptsmith.runPrompt']);
  const lineOf = (text: string) => {
    const { analysis } = analyse(text, { knowledge });
    return buildLenses(analysis, { commands })[0]?.range.start.line;
  };
  const messages = 'messages:\n  - { role: user, content: hi }\n';
  assert.equal(lineOf(`name: a\nmodel: b\nmodelParameters: {}\n${messages}`), 3);
  assert.equal(lineOf(`name: a\ndescription: c\nmodel: b\n${messages}`), 2);
  assert.equal(lineOf(`# who owns this\nname: a\nmodel: b\n${messages}`), 1);
  assert.equal(lineOf(`name: a\nmodel: b\n${messages}`), 2);
  assert.equal(lineOf(messages), 0);
});

test('the lens of an evaluation says what it compares with, once that sends something else', () => {
  const { analysis } = analyse(PROMPT, { knowledge });
  const lensOf = (released: string, label: string | null) => {
    const prompt = parsePrompt(released);
    const bundle = makeBundle(prompt, [], [], {});
    const record = recordOf(bundle, '1.4.0', null);
    const given = { label, record, bundle: bundle.bundle, eval: null };
    const commands = new Set(['promptsmith.evaluatePrompt']);
    const [lens] = buildLenses(analysis, { commands }, given);
    return { title: lens?.command?.title ?? '', data: lens?.data };
  };
  const other = PROMPT.replace('Be brief', 'Be long');
  const versus = lensOf(other, 'production');
  assert.match(versus.title, / vs production$/);
  assert.deepEqual(versus.data, { comparedWith: 'production' });
  assert.doesNotMatch(lensOf(PROMPT, 'production').title, / vs /);
  assert.doesNotMatch(lensOf(other, null).title, / vs /);
  assert.deepEqual(lensOf(other, null).data, { comparedWith: null });
});

test('summary: report and findings', () => {
  const { analysis } = analyse(PROMPT.replace('openai/gpt-4o-mini', 'gpt-4o-minny'), { knowledge });
  const { path, promptId, rows, warning, report, isCounting } = summarizePrompt(analysis);
  assert.deepEqual([path, promptId, rows, isCounting], ['a.prompt.yaml', 'a', 3, false]);
  assert.ok(warning >= 1);
  assert.equal(report?.tokens.messages.length, 2);
  assert.equal(report?.cost, null);
});

test('summary: says whether a report will come', () => {
  const waits = (text: string) => {
    const { report, isCounting } = summarizePrompt(analyse(text).analysis);
    return [report, isCounting];
  };
  assert.deepEqual(waits(PROMPT), [null, true]);
  assert.deepEqual(waits('name: ci\non: push\njobs: {}\n'), [null, false]);
});

test('render: the messages with a case’s values, where each landed, and its tokens', () => {
  const { analysis } = analyse(PROMPT, { knowledge });
  const first = renderCase(analysis);
  assert.equal(first?.messages[1]?.content, 'What is the weather in Oslo?\n');
  assert.equal(first?.messages[1]?.tokens, 7);
  const landed = first?.messages[1]?.spans[1];
  // Alone, without the blank before it.
  assert.deepEqual(landed, { name: 'city', span: { start: 23, end: 27 }, tokens: 2 });
  assert.equal(first?.cases.length, 3);
  assert.equal(
    renderCase(analysis, first?.cases[2])?.messages[1]?.content,
    'What is the weather in Rome?\n',
  );
  assert.equal(renderCase(analysis, 'nope'), null);
  const none = analyse(
    'variables: [{ name: a, example: 7 }]\nmessages:\n  - role: user\n    content: "{{a}} {{b}}"\n',
  );
  assert.deepEqual(renderCase(none.analysis)?.messages[0]?.content, '7 {{b}}');
  assert.deepEqual(renderCase(none.analysis)?.messages[0]?.missing, ['b']);
});
