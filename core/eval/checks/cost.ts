import { type Check, judged } from './check.ts';

export const cost: Check = {
  kind: 'cost',
  namespace: 'promptsmith',
  summary: 'The call cost at most so many USD. Not measurable when the model’s price is unknown.',
  parameters: [
    {
      name: 'threshold',
      type: 'number',
      required: true,
      description: 'The most a call may cost, in USD.',
    },
  ],
  example: `uses: promptsmith/cost
with: { threshold: 0.002 }`,
  thresholdParameter: 'threshold',
  run: ({ cost: spent, args }) => {
    const threshold = args.number('threshold') ?? 0;
    if (spent === null)
      return { kind: 'unmeasurable', detail: 'the price of this model is not known' };
    return judged(
      spent <= threshold,
      `the call cost $${spent.toPrecision(3)}, at most $${threshold} allowed`,
      `≤ $${threshold}`,
      `$${spent}`,
    );
  },
};
