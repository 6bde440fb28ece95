import type { PromptFile } from '#app/prompt/open-input.ts';
import { parseJobId } from '#core/eval/ids.ts';
import { nameCase } from '#core/eval/plan/name-case.ts';
import type { AnswerEvent, RunHeader, ScoreEvent } from '#core/eval/run-event.ts';
import type { RunStore } from '#io/runs/run-store.ts';
import type { CaseCall, CaseDetail } from '../results/messages.ts';
import { findRun, openRun } from './open-run.ts';

/** Answers are shown up to this length. */
const MAX_SHOWN = 20_000;

/** One case of a stored run, with its answers and those of the baseline. */
export async function readCase(
  prompt: PromptFile,
  run: string,
  id: string,
  model: string | null,
): Promise<CaseDetail> {
  const open = await openRun(prompt, run);
  const { summary, store } = open;
  const name = model ?? summary.run.models[0] ?? '';
  const compared = summary.comparisons.find((c) => (c.model ?? name) === name);
  const base = compared && (await findRun(store, compared.base));
  const before = base?.summary?.run;
  const other = compared?.baseModel ?? (before?.models.length === 1 ? before.models[0] : name);
  const item = open.plan.cases.find((one) => one.id === id);
  return {
    id,
    name: item ? nameCase(item) : id,
    model,
    values: [...(item?.row.values.values() ?? [])].map(({ name: key, text }) => [key, text]),
    calls: await readCalls(store, summary.run, { id, model: name }),
    base: base ? await readCalls(store, base, { id, model: other ?? name }) : [],
  };
}

/** The calls of a case on one model, by repeat. */
async function readCalls(
  store: RunStore,
  { promptId, id: run }: Pick<RunHeader, 'promptId' | 'id'>,
  { id, model }: { readonly id: string; readonly model: string },
): Promise<CaseCall[]> {
  const answers = new Map<number, AnswerEvent>();
  const scores = new Map<number, ScoreEvent>();
  for await (const event of store.events(promptId, run)) {
    if (event.t !== 'answer' && event.t !== 'score') continue;
    const key = parseJobId(event.job);
    if (key?.case !== id || key.model !== model) continue;
    if (event.t === 'answer') answers.set(key.repeat, event);
    else scores.set(key.repeat, event);
  }
  return [...scores.keys()]
    .sort((a, b) => a - b)
    .map((repeat) => ({
      answer: answers.get(repeat)?.answer?.text.slice(0, MAX_SHOWN) ?? null,
      finishReason: findReason(answers.get(repeat)),
      fault: scores.get(repeat)?.fault?.message ?? null,
      error: answers.get(repeat)?.error?.message ?? null,
      results: scores.get(repeat)?.results ?? [],
    }));
}

function findReason(event: AnswerEvent | undefined): string | null {
  const reason = event?.answer?.finishReason ?? 'stop';
  return reason === 'stop' ? null : reason;
}
