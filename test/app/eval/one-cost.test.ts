import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { estimateEval } from '#app/eval/estimate-eval.ts';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { prepareEval } from '#app/eval/prepare-eval.ts';
import { reportPrompt } from '#app/prompt/forecast-prompt.ts';
import { promptIdOf } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { PromptState } from '#client/playground/prompt-state.ts';
import { formatCallCost } from '#client/summary-text.ts';
import { formatDollars } from '#core/models/figures.ts';
import { CountMemo } from '#core/tokens/count-memo.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { Analysis, type Knowledge } from '#server/analysis.ts';
import { buildLenses } from '#server/features/code-lens.ts';
import { summarizePrompt } from '#server/features/summary.ts';
import { UNKNOWN_FILE } from '#server/settings.ts';
import { loadKnowledge } from '#test/support/analysis.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { copyExamples, EXAMPLES, readExample, sampleWorldIn } from '#test/support/examples.ts';
import { tokenTables } from '#test/support/token-tables.ts';

let loaded: Knowledge;
let knowledge: PromptKnowledge;
before(async () => {
  loaded = await loadKnowledge();
  knowledge = new PromptKnowledge(today(), createFileTokenizer(await tokenTables()));
});

const COMMANDS = { commands: new Set(['promptsmith.runPrompt', 'promptsmith.evaluatePrompt']) };

/** What each place says of a prompt's cost. */
async function readFigures(cwd: string, path: string) {
  const input = await readExample(cwd, path);
  const { settings, prompt } = input;
  const runs = await openRunStore(cwd).newest(promptIdOf(input), 5);
  const file = { ...UNKNOWN_FILE, settings, root: cwd, path };
  const snapshot = { uri: `file://${join(cwd, path)}`, version: 1, text: prompt.text };
  const counter = await knowledge.counter(prompt.model, await knowledge.catalogue(settings.models));
  const counting = { counter, memo: new CountMemo() };
  const known = { ...loaded, runs: () => runs, counter: () => counting };
  const analysis = new Analysis(snapshot, file, known, {});
  const [run, evaluate] = buildLenses(analysis, COMMANDS).map(({ command }) => command?.title);
  const state = new PromptState(input);
  const target = (id: string) => ({ id, provider: 'openai', origin: 'openai:', model: id });
  const { forecast, problem } = await state.buildView('a', knowledge, 'file:///a', target);
  const prepared = await prepareEval(
    input,
    { filter: { withoutTags: ['holdout'] } },
    await sampleWorldIn(cwd, join(cwd, path)),
  );
  prepared.close();
  return {
    lens: { run: findDollars(run), evaluate: findDollars(evaluate) },
    // The flawed example cannot be sent.
    playground: problem === null ? findDollars(forecast) : null,
    status: formatCallCost(summarizePrompt(analysis).report ?? assert.fail('no report')),
    report: await reportPrompt(input, await knowledge.gather(input)),
    evaluation: estimateEval(prepared, null).cost,
    calls: prepared.runEstimate.calls,
  };
}

function findDollars(text = ''): string | undefined {
  return /≈ (\$[\d.]+)(?! tokens)/.exec(text)?.[1];
}

async function checkFigures(t: TestContext, cwd: string, path: string) {
  const figures = await readFigures(cwd, path);
  const { lens, playground, status, report, evaluation, calls } = figures;
  const { cost } = report;
  assert.ok(cost && evaluation !== null, path);
  t.diagnostic(`${path}: run ${lens.run}, evaluation ${lens.evaluate} (${cost.output.basis})`);
  assert.ok(lens.run, path);
  assert.equal(playground === null, path.startsWith('flawed/'));
  assert.equal(lens.run, playground ?? lens.run, path);
  assert.equal(status, `≈ ${formatDollars(cost.call.median)}/call`, path);
  assert.ok(Math.abs((cost.goldenSet ?? -1) - evaluation) < 1e-12, `${path} ${cost.goldenSet}`);
  assert.equal(lens.evaluate, formatDollars(evaluation), path);
  const { stdout } = await promptsmith(['cost', path, '--json'], { cwd });
  const [file] = JSON.parse(stdout).files;
  assert.equal(file.cost.call.median, cost.call.median, path);
  assert.equal(file.cost.goldenSet, cost.goldenSet, path);
  return { basis: cost.output.basis, calls };
}

test('lens, status bar, playground, cost and eval show one figure for one thing', async (t) => {
  const cwd = await copyExamples(t);
  for (const path of EXAMPLES) {
    const { basis } = await checkFigures(t, cwd, path);
    // The flawed example deliberately has no traffic figures.
    assert.equal(basis, path.startsWith('flawed/') ? 'default' : 'traffic');
  }
});

const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 900 }
responseFormat: json_schema
jsonSchema: '{"name": "a", "schema": {"type": "object", "properties": {"kind": {"type": "string"}}}}'
messages: [{ role: system, content: Be brief. }, { role: user, content: "{{word}} from {{who}}" }]
variables: [{ name: who, default: a customer }]
variants: { people: [Ann, Bob, Eve] }
testData:
  - word: one
  - { word: Ann and two, who: a friend }
  - { word: three, $case: { skip: true } }
  - { word: four, $case: { tags: [holdout] } }
  - { word: a longer text than the others, $case: { evaluators: [{ uses: github/fluency, with: openai/gpt-4o-mini }] } }
evaluators: [{ name: any, uses: promptsmith/is-json }, { name: kind, uses: promptsmith/rubric, with: "Is it kind?" }]
`;

test('also with a schema, variants, judges, skipped and held-out cases, before and after a run', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': 'eval: { judge: openai/gpt-4o, repeat: 2 }\n',
    'recordings/a.jsonl': '',
  });
  // Three rows and two variants, twice; one row has a second judge.
  const calls = { answers: 10, judges: 12 };
  const check = () => checkFigures(t, cwd, 'a.prompt.yaml');
  assert.deepEqual(await check(), { basis: 'default', calls });

  const input = await readExample(cwd, 'a.prompt.yaml');
  const world = await sampleWorldIn(cwd, join(cwd, 'a.prompt.yaml'));
  const request = { input, options: {}, baseline: { kind: 'none' } } as const;
  for await (const event of evaluatePrompt(request, world, new AbortController().signal))
    if (event.kind === 'finished') {
      const { summary } = event.outcome;
      const outputs = { 'openai/gpt-4o-mini': { answers: 2, tokens: 124 } };
      await openRunStore(cwd).saveSummary({ ...summary, outputs });
    }
  assert.deepEqual(await check(), { basis: 'runs', calls });
});
