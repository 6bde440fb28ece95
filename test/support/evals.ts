import type { CheckContext, JudgeReply } from '#core/eval/checks/check.ts';
import { SchemaCompiler } from '#core/eval/checks/json-schema.ts';
import type { Answer, Model, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { createPlan, type Plan, type PlanOptions } from '#core/eval/plan/plan.ts';
import { CaseValues } from '#core/eval/plan/request.ts';
import type { Clock, ModelTarget, RunPorts } from '#core/eval/ports.ts';
import { evaluate, type Subject } from '#core/eval/run/evaluate.ts';
import type { EvaluatorResult, RunEvent, RunHeader } from '#core/eval/run-event.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { createBoundedRegex } from '#io/regex.ts';

export const TARGET: ModelTarget = {
  id: 'openai/gpt-4o-mini',
  provider: 'openai',
  origin: 'http://127.0.0.1',
  model: 'gpt-4o-mini',
};

/** An answer as a model gives it; token counts are the text's words. */
export function answerOf(text: string, more: Partial<Answer> = {}): Answer {
  const usage = { input: 10, output: text.split(/\s+/).length };
  return { text, finishReason: 'stop', usage, latencyMs: 12, servedBy: 'test', ...more };
}

/** A prompt file with these evaluators and rows, both as YAML. */
export function promptText(evaluators: string, rows = '- { input: hello }'): string {
  const indent = (text: string) => text.trim().replace(/^/gm, '  ');
  return `model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{input}}" }
testData:
${indent(rows)}
evaluators:
${indent(evaluators)}
`;
}

export function planOf(text: string, options: Partial<PlanOptions> = {}): Plan {
  return createPlan(parsePrompt(text), { models: [TARGET], ...options });
}

export interface Judging {
  /** Entries of `evaluators`, YAML. */
  readonly evaluators: string;
  readonly answer: string;
  readonly rows?: string;
  readonly more?: Partial<Answer>;
  readonly subject?: Partial<Subject>;
  readonly context?: Partial<CheckContext>;
}

/** Judges one answer of the first row. */
export async function judge(input: Judging): Promise<EvaluatorResult[]> {
  const made = planOf(promptText(input.evaluators, input.rows));
  const [item] = made.cases;
  if (!item) throw new Error('no case');
  const regex = createBoundedRegex();
  const subject: Subject = {
    answer: answerOf(input.answer, input.more),
    cost: 0.001,
    cached: false,
    model: TARGET.id,
    messages: [{ role: 'user', content: 'Say hello' }],
    instructions: [],
    values: new CaseValues(item, made.document),
    allowMissing: false,
    ...input.subject,
  };
  const context: CheckContext = {
    regex,
    schemas: new SchemaCompiler(regex),
    countTokens: (text) => text.split(/\s+/).length,
    judge: null,
    ask: async (): Promise<JudgeReply> => ({ error: 'no judge here', cost: 0 }),
    ...input.context,
  };
  return evaluate(item.evaluators, subject, context);
}

/** A clock that never waits: sleeping moves its time on. */
export class TestClock implements Clock {
  time = Date.parse('2026-11-21T09:30:00Z');
  readonly slept: number[] = [];

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.slept.push(ms);
    this.time += ms;
  }
}

/** A model that answers with what `reply` makes of a request. */
export function modelOf(
  reply: (request: ModelRequest, signal: AbortSignal) => ModelPart | Promise<ModelPart>,
): Model {
  return {
    async *complete(request, signal) {
      yield await reply(request, signal);
    },
  };
}

/** Ports for a run: prices of $1 per million tokens, words as tokens, no randomness. */
export function portsOf(model: Model, more: Partial<RunPorts> = {}): RunPorts {
  return {
    model,
    clock: new TestClock(),
    random: () => 0.5,
    regex: createBoundedRegex(),
    countTokens: (text) => text.split(/\s+/).length,
    costOf: (_, { input, output }) => (input + output) / 1e6,
    resolveModel: (id) => ({ ...TARGET, id, model: id.split('/').at(-1) ?? id }),
    ...more,
  };
}

export function headerOf(made: Plan, more: Partial<RunHeader> = {}): RunHeader {
  return {
    id: '20261121T093000Z-1a2b3c',
    promptId: 'support/triage',
    path: 'support/triage.prompt.yaml',
    hashes: made.hashes,
    models: made.models.map((m) => m.id),
    origins: [...new Set(made.models.map((m) => m.origin))],
    repeat: made.repeat,
    seed: made.seed,
    tool: 'promptsmith test',
    at: '2026-11-21T09:30:00.000Z',
    replay: false,
    cases: made.cases.length,
    ...more,
  };
}

export async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The events of one kind. */
export function ofKind<K extends RunEvent['t']>(
  events: readonly RunEvent[],
  kind: K,
): Extract<RunEvent, { t: K }>[] {
  return events.filter((event): event is Extract<RunEvent, { t: K }> => event.t === kind);
}
