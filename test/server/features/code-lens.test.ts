import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle } from '#core/registry/bundle.ts';
import type { Knowledge } from '#server/analysis.ts';
import { buildLenses } from '#server/features/code-lens.ts';
import { analyze, loadKnowledge } from '#test/support/analysis.ts';
import { recordOf } from '#test/support/registry.ts';
import { WEATHER } from '#test/support/sample-prompts.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

test('lenses appear only for commands that the client declares', () => {
  const { analysis } = analyze(WEATHER, { knowledge });
  const lenses = (...commands: string[]) =>
    buildLenses(analysis, { commands: new Set(commands) }).map(({ command }) => command);
  assert.deepEqual(lenses(), []);
  const [run, evaluate] = lenses('promptsmith.evaluatePrompt', 'promptsmith.runPrompt', 'other');
  assert.match(run?.title ?? '', /^▶ Run ≈ \$0\.00018$/);
  assert.equal(lenses('promptsmith.runPromptWithCase')[0]?.title, '▶ Run with case…');
  assert.deepEqual(run, {
    title: run?.title,
    command: 'promptsmith.runPrompt',
    arguments: [analysis.uri],
  });
  assert.match(evaluate?.title ?? '', /^▶ Evaluate 3 cases ≈ \$0\.00055$/);
});

test('lenses appear above the messages unless the line before them ends in a hint', () => {
  const commands = new Set(['promptsmith.runPrompt']);
  const lineOf = (text: string) => {
    const { analysis } = analyze(text, { knowledge });
    return buildLenses(analysis, { commands })[0]?.range.start.line;
  };
  const messages = 'messages:\n  - { role: user, content: hi }\n';
  assert.equal(lineOf(`name: a\nmodel: b\nmodelParameters: {}\n${messages}`), 3);
  assert.equal(lineOf(`name: a\ndescription: c\nmodel: b\n${messages}`), 2);
  assert.equal(lineOf(`# who owns this\nname: a\nmodel: b\n${messages}`), 1);
  assert.equal(lineOf(`name: a\nmodel: b\n${messages}`), 2);
  assert.equal(lineOf(messages), 0);
});

test('the evaluate lens names the label to compare with only if the prompt differs from it', () => {
  const { analysis } = analyze(WEATHER, { knowledge });
  const lensOf = (released: string, label: string | null) => {
    const prompt = parsePrompt(released);
    const bundle = makeBundle(prompt, [], [], {});
    const record = recordOf(bundle, '1.4.0', null);
    const given = { label, record, bundle: bundle.bundle, eval: null };
    const commands = new Set(['promptsmith.evaluatePrompt']);
    const [lens] = buildLenses(analysis, { commands }, given);
    return { title: lens?.command?.title ?? '', data: lens?.data };
  };
  const other = WEATHER.replace('Be brief', 'Be long');
  const versus = lensOf(other, 'production');
  assert.match(versus.title, / vs production$/);
  assert.deepEqual(versus.data, { comparedWith: 'production' });
  assert.doesNotMatch(lensOf(WEATHER, 'production').title, / vs /);
  assert.doesNotMatch(lensOf(other, null).title, / vs /);
  assert.deepEqual(lensOf(other, null).data, { comparedWith: null });
});
