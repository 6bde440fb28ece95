import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rng } from '#core/eval/statistics/rng.ts';
import { OTHER_MODEL, type Outage, type PlannedModel } from './planned-model.ts';
import { NAME, type Workplace } from './workplace.ts';

/** A version under evaluation: the text that is sent, and where the program finds it. */
export interface Target {
  readonly text: string;
  /** A file of the project, or a published version. */
  readonly spec: string;
  /** The file is the working copy: it can be edited. */
  readonly isFile: boolean;
}

/** What the user knows when something happens. */
export interface Situation {
  readonly workplace: Workplace;
  readonly model: PlannedModel;
  readonly random: Rng;
  readonly target: Target;
  readonly cases: number;
  readonly repeat: number;
  /** The label has a version. */
  readonly hasBase: boolean;
  /** May start the built program, to kill it. */
  readonly kills: boolean;
  /** Notes whether a stored run is evidence; null if that depends on the moment in which it was cut off. */
  note(run: string, isFit: boolean | null): void;
}

export type Accident = (situation: Situation) => Promise<void>;

const OUTAGES: readonly Outage[] = ['error', 'drop', 'cut', 'rate-limit', 'invalid'];

/** An eval; notes whether its runs are fit. Returns their ids. */
async function evaluate(
  situation: Situation,
  args: readonly string[],
  isFit: boolean,
  signal?: AbortSignal,
): Promise<string[]> {
  const { workplace, target } = situation;
  const before = new Set(await workplace.listRuns());
  await workplace.run(
    ['eval', target.spec, '--concurrency', '16', '--fail-on', 'never', '--json', ...args],
    signal,
  );
  const added = (await workplace.listRuns()).filter((id) => !before.has(id));
  for (const id of added) situation.note(id, isFit);
  return added;
}

/** True if the model's own log says that it answered enough of the jobs since its last reset. */
function isAnswered({ model, target, cases, repeat }: Situation): boolean {
  const counts = model.answered(target.text, cases);
  const missing = counts.reduce((sum, count) => sum + Math.max(0, repeat - count), 0);
  return missing <= 0.02 * cases * repeat + 1e-9;
}

/** An eval that asks everything anew, under the conditions of the service. */
async function evaluateAnew(situation: Situation, args: readonly string[] = []): Promise<string[]> {
  situation.model.reset();
  const ids = await evaluate(situation, ['--no-cache', ...args], false);
  const isFit = isAnswered(situation);
  for (const id of ids) situation.note(id, isFit);
  return ids;
}

const honest: Accident = async (situation) => void (await evaluateAnew(situation));

/** The whole service, or a part of it, is down during the run. */
const outage: Accident = async (situation) => {
  const { model, random } = situation;
  const kind = OUTAGES[random.below(OUTAGES.length)] ?? 'error';
  model.suffer({ share: [0.01, 0.04, 0.3, 1][random.below(4)] ?? 1, kind });
  const ids = await evaluateAnew(situation);
  model.suffer(null);
  // Often somebody asks for the rest once the service is back.
  if (random.below(3) > 0 || ids.length === 0) return;
  await evaluate(situation, ['--no-cache', '--retry-errors'], false);
  for (const id of ids) situation.note(id, isAnswered(situation));
};

/** A burst of rate limits, dropped connections or silence; then the service works again. */
const burst: Accident = async (situation) => {
  const { model, random } = situation;
  const kinds = ['rate-limit', 'rate-limit-wait', 'drop', 'hang'] as const;
  const kind = kinds[random.below(4)] ?? 'drop';
  const requests = kind === 'hang' ? 2 : 4 + random.below(20);
  model.suffer({ share: 0, kind, burst: requests });
  await evaluateAnew(situation);
  model.suffer(null);
};

/** Ctrl-C after some answers, and sometimes the rest later. */
const cancelled: Accident = async (situation) => {
  const { model, random, cases, repeat } = situation;
  model.reset();
  const stop = new AbortController();
  const after = 1 + random.below(cases * repeat - 20);
  model.onAnswer = (count) => {
    if (count === after) stop.abort(new Error('interrupted'));
  };
  const ids = await evaluate(situation, ['--no-cache'], false, stop.signal);
  model.onAnswer = () => {};
  if (random.below(2) === 0) return;
  await resume(situation, ids);
};

/** kill -9 in the middle, and sometimes the rest later: as it should be, or on another model, or in part. */
const killed: Accident = async (situation) => {
  const { workplace, model, random, cases, repeat, target, kills } = situation;
  if (!kills) return await cancelled(situation);
  model.reset();
  const kill = new AbortController();
  const after = 1 + random.below(cases * repeat - 20);
  model.onAnswer = (count) => {
    if (count === after) kill.abort();
  };
  const before = new Set(await workplace.listRuns());
  const args = ['eval', target.spec, '--no-cache', '--concurrency', '4', '--json'];
  await workplace.runProgram(args, kill.signal);
  model.onAnswer = () => {};
  const ids = (await workplace.listRuns()).filter((id) => !before.has(id));
  for (const id of ids) situation.note(id, false);
  await resume(situation, ids);
};

async function resume(situation: Situation, ids: readonly string[]): Promise<void> {
  const { random } = situation;
  const [id] = ids;
  if (id === undefined) return;
  const wrong: readonly (readonly string[])[] = [
    ['--model', OTHER_MODEL],
    ['--filter', 'c1'],
    ['--repeat', '1'],
    ['--candidates'],
  ];
  const way = random.below(4);
  if (way === 3) return;
  if (way === 2)
    await evaluate(
      situation,
      ['--no-cache', `--resume=${id}`, ...(wrong[random.below(wrong.length)] ?? [])],
      false,
    );
  if (way > 0) return situation.note(id, isWholeAnswered(situation) ? null : false);
  await evaluate(situation, ['--no-cache', `--resume=${id}`], false);
  situation.note(id, isAnswered(situation));
}

/** The model answered everything; whether the program still took note of it is open. */
function isWholeAnswered({ model, target, cases, repeat }: Situation): boolean {
  return model.answered(target.text, cases).every((count) => count >= repeat);
}

const filtered: Accident = async (s) =>
  void (await evaluate(s, ['--no-cache', '--filter', 'c1'], false));

const limited: Accident = async (s) =>
  void (await evaluate(s, ['--no-cache', '--max-cost', '0.0001'], false));

const otherModel: Accident = async (s) =>
  void (await evaluate(s, ['--no-cache', '--model', OTHER_MODEL], false));

/** The file's model and a candidate that passes everything. */
const candidates: Accident = async (s) => void (await evaluateAnew(s, ['--candidates']));

const otherJudge: Accident = async (s) =>
  void (await evaluate(s, ['--no-cache', '--judge', OTHER_MODEL], false));

/** Answers written by hand, which pass everything. */
const samples: Accident = async (situation) => {
  await situation.workplace.writeSamples(situation.repeat);
  await evaluate(situation, ['--replay'], false);
};

/** The model's answers are recorded, and replayed afterwards: the recording is no further evidence. */
const recorded: Accident = async (situation) => {
  await evaluateAnew(situation, ['--record']);
  await evaluate(situation, ['--replay'], false);
};

const stoppedEarly: Accident = async (situation) => {
  const { hasBase, model } = situation;
  if (!hasBase) return await filtered(situation);
  model.reset();
  const args = ['--no-cache', '--stop-early', '--baseline', 'production'];
  const ids = await evaluate(situation, args, false);
  // Without a decision it asked everything; it may also have decided at the last answer.
  for (const id of ids) situation.note(id, isWholeAnswered(situation) ? null : false);
};

/** The cache answers what was asked before. The first such eval fills it. */
const cached: Accident = async (situation) => void (await evaluate(situation, [], true));

const sharded: Accident = async (situation) => {
  const { workplace, random } = situation;
  const parts: string[] = [];
  for (const shard of ['1/2', '2/2'])
    parts.push(...(await evaluate(situation, ['--no-cache', '--shard', shard], false)));
  if (random.below(3) === 0) parts.pop();
  const { code, stdout } = await workplace.run(['runs', 'merge', ...parts, '--json']);
  if (code === 0) situation.note(JSON.parse(stdout).id, true);
};

/** Two evals of one text at once, as in two windows. */
const twice: Accident = async (situation) => {
  const before = new Set(await situation.workplace.listRuns());
  const args = ['eval', situation.target.spec, '--no-cache', '--json', '--concurrency', '8'];
  await Promise.all([situation.workplace.run(args), situation.workplace.run(args)]);
  for (const id of await situation.workplace.listRuns())
    if (!before.has(id)) situation.note(id, true);
};

/** The run is of the text before an edit that passes everything. */
const editedAfter: Accident = async (situation) => {
  const { workplace, model, target, cases } = situation;
  const draft = `${target.text}-draft`;
  model.plan(draft, new Array<number>(cases).fill(1));
  await workplace.write(draft);
  await evaluate(situation, ['--no-cache'], false);
  await workplace.write(target.text);
};

/** Evaluators that pass everything, put back afterwards. */
const otherChecks: Accident = async (situation) => {
  const { workplace, target } = situation;
  await workplace.write(target.text, 'promptsmith/length, with: { min: 1 }');
  await evaluate(situation, ['--no-cache'], false);
  await workplace.write(target.text);
};

/** A run as an older version stored it, in part or from samples, copied from another machine. */
const oldRun: Accident = async (situation) => {
  const { workplace, random } = situation;
  const [id] = await evaluateAnew(situation);
  if (id === undefined) return;
  const folder = join(workplace.folder, '.promptsmith/runs', NAME);
  const events = (await readFile(join(folder, id, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
  const copy = `20200101T000000Z-${String(random.below(1_000_000)).padStart(6, '0')}`;
  const isReplay = random.below(2) === 0;
  const dropped = isReplay ? 0 : 3;
  const old = events.flatMap((line) => {
    const event = JSON.parse(line);
    const index = Number(/^c(\d+)\|/.exec(event.job ?? '')?.[1] ?? -1);
    if (event.t === 'start') {
      const { leftOut: _, model: __, ...run } = event.run;
      const cases = run.cases - dropped;
      return [{ t: 'start', v: 1, run: { ...run, id: copy, replay: isReplay, cases } }];
    }
    if (index >= 0 && index < dropped) return [];
    const { source: _, answeredAt: __, ...rest } = event;
    // Every answer passes.
    if (rest.t === 'score') return [{ ...rest, outcome: 'passed', score: 1 }];
    return [rest.t === 'answer' && isReplay ? { ...rest, cached: true } : rest];
  });
  await mkdir(join(folder, copy), { recursive: true });
  const text = old.map((event) => `${JSON.stringify(event)}\n`).join('');
  await writeFile(join(folder, copy, 'events.jsonl'), text);
  situation.note(copy, false);
};

/** What may happen to any version, and only to the working copy. */
export const ACCIDENTS: Readonly<Record<string, Accident>> = {
  ...{ outage, burst, cancelled, killed, filtered, limited, otherModel, candidates, otherJudge },
  ...{ stoppedEarly, cached, sharded, twice, oldRun },
};
export const FILE_ACCIDENTS: Readonly<Record<string, Accident>> = {
  ...{ samples, recorded, editedAfter, otherChecks },
};
export const HONEST: Accident = honest;
