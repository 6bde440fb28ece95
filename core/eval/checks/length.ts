import { countCodePoints } from '../../text.ts';
import { type Check, judged } from './check.ts';

export const length: Check = {
  kind: 'length',
  namespace: 'promptsmith',
  summary: 'The answer is so long, in characters, words (between spaces) or tokens of its model.',
  parameters: [
    {
      name: 'max',
      type: 'number',
      required: false,
      description: 'The most that passes.',
    },
    {
      name: 'min',
      type: 'number',
      required: false,
      description: 'The least that passes.',
    },
    {
      name: 'unit',
      type: 'text',
      required: false,
      default: 'characters',
      oneOf: ['characters', 'words', 'tokens'],
      description: 'What is counted.',
    },
  ],
  example: `uses: promptsmith/length
with: { max: 120, unit: words }`,
  run: ({ text, args, model }, { countTokens }) => {
    const min = args.number('min');
    const max = args.number('max');
    if (min === undefined && max === undefined) {
      return { kind: 'error', message: 'it needs `with: { max: … }` or `with: { min: … }`' };
    }
    if (min !== undefined && max !== undefined && min > max) {
      return { kind: 'error', message: `\`min\` ${min} is above \`max\` ${max}` };
    }
    const unit = args.text('unit');
    const count =
      unit === 'tokens'
        ? countTokens(text, model)
        : unit === 'words'
          ? words(text)
          : countCodePoints(text);
    if (count === null)
      return { kind: 'unmeasurable', detail: `the tokens of ${model} are not known` };
    if (max !== undefined && count > max) {
      return judged(
        false,
        `${count} ${unit}, at most ${max} allowed`,
        `≤ ${max} ${unit}`,
        `${count} ${unit}`,
      );
    }
    if (min !== undefined && count < min) {
      return judged(
        false,
        `${count} ${unit}, at least ${min} wanted`,
        `≥ ${min} ${unit}`,
        `${count} ${unit}`,
      );
    }
    return judged(true, `${count} ${unit}`);
  },
};

function words(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
