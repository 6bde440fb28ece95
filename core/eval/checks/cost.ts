import { type Check, judged } from './check.ts';

export const cost: Check = {
  kind: 'cost',
  namespace: 'promptsmith',
  summary:
    'The call cost at most `threshold` USD. Not measurable if the price of the model is unknown.',
  parameters: [
    {
      name: 'threshold',
      type: 'number',
      required: true,
      description: 'The maximum cost of a call, in USD.',
    },
  ],
  example: `uses: promptsmith/cost
with: { threshold: 0.002 }`,
  thresholdParameter: 'threshold',
  run: ({ cost: spent, args }) => {
    const threshold = args.number('threshold') ?? 0;
    if (spent === null)
      return { kind: 'unmeasurable', detail: 'the price of this model is unknown' };
    return judged(
      spent <= threshold,
      `the call cost $${spent.toPrecision(3)}, at most $${threshold} allowed`,
      `≤ $${threshold}`,
      `$${spent}`,
    );
  },
};

export const latency: Check = {
  kind: 'latency',
  namespace: 'promptsmith',
  summary:
    'The answer took at most `threshold` milliseconds. Not measurable for a stored answer, from the cache or a recording.',
  parameters: [
    {
      name: 'threshold',
      type: 'number',
      required: true,
      description: 'The maximum latency, in milliseconds.',
    },
  ],
  example: `uses: promptsmith/latency
with: { threshold: 2000 }`,
  thresholdParameter: 'threshold',
  run: ({ answer, cached, args }) => {
    const threshold = args.number('threshold') ?? 0;
    if (cached) return { kind: 'unmeasurable', detail: 'a stored answer has no latency' };
    return judged(
      answer.latencyMs <= threshold,
      `${Math.round(answer.latencyMs)} ms, at most ${threshold} allowed`,
      `≤ ${threshold} ms`,
      `${Math.round(answer.latencyMs)} ms`,
    );
  },
};
