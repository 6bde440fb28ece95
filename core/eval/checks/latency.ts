import { type Check, judged } from './check.ts';

export const latency: Check = {
  kind: 'latency',
  namespace: 'promptsmith',
  summary: 'The answer took at most so many milliseconds. Not measurable for a stored answer.',
  parameters: [
    {
      name: 'threshold',
      type: 'number',
      required: true,
      description: 'The longest time that passes, in milliseconds.',
    },
  ],
  example: `uses: promptsmith/latency
with: { threshold: 2000 }`,
  thresholdParameter: 'threshold',
  run: ({ answer, cached, args }) => {
    const threshold = args.number('threshold') ?? 0;
    if (cached)
      return { kind: 'unmeasurable', detail: 'a stored answer has no latency of its own' };
    return judged(
      answer.latencyMs <= threshold,
      `${Math.round(answer.latencyMs)} ms, at most ${threshold} allowed`,
      `≤ ${threshold} ms`,
      `${Math.round(answer.latencyMs)} ms`,
    );
  },
};
