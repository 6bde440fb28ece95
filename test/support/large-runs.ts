import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Projects } from '#app/prompt/project.ts';
import { collectRows, readPromptInput } from '#app/prompt/prompt-input.ts';
import { compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison, RunResults } from '#core/eval/compare/comparison.ts';
import { formatJobId } from '#core/eval/ids.ts';
import { createPlan, type Plan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import type { RunEvent, RunHeader } from '#core/eval/run-event.ts';

const MODEL = 'acme/chat';
const TEAMS = ['billing', 'shipping', 'returns', 'سفارش', 'sign-in'];

/** Writes a prompt with so many golden cases, and two finished runs of it: the second is compared with the first. */
export async function writeLargeRuns(folder: string, cases: number): Promise<void> {
  const file = join(folder, 'large.prompt.yaml');
  await writeFile(
    file,
    `model: ${MODEL}
messages: [{ role: user, content: "Answer {{question}}" }]
testFiles: [cases.csv]
evaluators:
  - { name: exact, string: { equals: "{{question}}" } }
`,
  );
  const rows = Array.from(
    { length: cases },
    (_, i) => `question ${i},case-${i},${TEAMS[i % TEAMS.length]}`,
  );
  await writeFile(
    join(folder, 'cases.csv'),
    `question,$case.name,$case.tags\n${rows.join('\n')}\n`,
  );
  const input = await readPromptInput(file, folder, new Projects(folder));
  const made = createPlan(input.prompt, { rows: collectRows(input), models: [] });
  const before = runOf(made, '20261101T090000Z-000001', (i) => i % 10 !== 0);
  const after = runOf(made, '20261102T090000Z-000002', (i) => i % 9 !== 0 || i % 4 === 0);
  const compared = compareRuns(before.results, after.results);
  if ('error' in compared) throw new Error(compared.error);
  await write(folder, before);
  await write(folder, after, compared);
}

interface MadeRun {
  readonly events: readonly RunEvent[];
  readonly summary: Summary;
  readonly results: RunResults;
}

function runOf({ cases, hashes }: Plan, id: string, passes: (index: number) => boolean): MadeRun {
  const at = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T09:00:00.000Z`;
  const run: RunHeader = {
    id,
    promptId: 'large',
    path: 'large.prompt.yaml',
    hashes,
    models: [MODEL],
    origins: ['http://127.0.0.1:1'],
    repeat: 1,
    seed: 1,
    tool: 'promptsmith 0.0.0',
    at,
    replay: false,
    cases: cases.length,
  };
  const events: RunEvent[] = [{ t: 'start', v: 1, run }];
  for (const [i, { id: name }] of cases.entries()) {
    const job = formatJobId({ case: name, model: MODEL, repeat: 0 });
    const text = passes(i) ? `question ${i}` : 'I do not know.';
    const latencyMs = 200 + ((i * 7919) % 1800);
    const usage = { input: 20, output: 5 };
    events.push({
      t: 'answer',
      job,
      answer: { text, finishReason: 'stop', usage, latencyMs, servedBy: 'acme' },
      cached: false,
      attempts: 1,
      cost: 0.00002,
      at,
    });
    const passed = passes(i);
    const detail = passed ? 'equal' : `the answer is not "question ${i}"`;
    const result = { name: 'exact', kind: 'equals', score: Number(passed), passed, weight: 1 };
    events.push({
      t: 'score',
      job,
      results: [{ ...result, detail, expected: `question ${i}`, actual: text, cost: 0 }],
      score: Number(passed),
      outcome: passed ? 'passed' : 'failed',
    });
  }
  events.push({ t: 'end', reason: 'done', at });
  const report = new Report();
  for (const event of events) report.add(event);
  const summary = report.summary();
  if (!summary) throw new Error('the run has no beginning');
  return { events, summary, results: { run, cases: report.cases(cases) } };
}

async function write(
  folder: string,
  { events, summary }: MadeRun,
  comparisons: readonly Comparison[] = [],
): Promise<void> {
  const to = join(folder, '.promptsmith/runs/large', summary.run.id);
  await mkdir(to, { recursive: true });
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(join(to, 'events.jsonl'), lines.join(''));
  const [comparison] = comparisons;
  await writeFile(
    join(to, 'summary.json'),
    `${JSON.stringify(comparison ? { ...summary, comparison } : summary)}\n`,
  );
}
