import type { Answer, ModelError, ModelPart } from '#core/eval/model.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { run } from '#core/eval/run/run.ts';
import type { RunOptions } from '#core/eval/run/run-options.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { answerOf, headerOf, modelOf, promptText } from './evals.ts';

/** `n` rows with one word each, named c0, c1 … */
export const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => `- { input: w${i}, $case: { name: c${i} } }`).join('\n');
/** Three cases whose answer must hold their word. */
export const PROMPT = promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(3));

/** An answer as a model's last part. */
export const end = (text: string, more: Partial<Answer> = {}): ModelPart => ({
  kind: 'end',
  answer: answerOf(text, more),
});
/** An error as a model's last part. */
export const failure = (error: Partial<ModelError>): ModelPart => ({
  kind: 'error',
  error: { kind: 'unavailable', message: 'no', ...error },
});
/** Repeats the last message. */
export const echo = modelOf((request) => end(request.messages.at(-1)?.content ?? ''));

/** Runs a plan. */
export function start(made: Plan, ports: RunPorts, options: Partial<RunOptions> = {}) {
  return run(made, headerOf(made), ports, { signal: new AbortController().signal, ...options });
}

/** A readable line per event. */
export function lines(events: readonly RunEvent[]): string[] {
  return events.map(line);
}

function line(event: RunEvent): string {
  switch (event.t) {
    case 'start':
      return 'start';
    case 'answer':
      return `answer ${event.job} ${event.error?.kind ?? 'ok'} ×${event.attempts}`;
    case 'score':
      return `score ${event.job} ${event.outcome}`;
    case 'resume':
      return 'resume';
    case 'end':
      return `end ${event.reason}`;
    default:
      return event satisfies never;
  }
}
