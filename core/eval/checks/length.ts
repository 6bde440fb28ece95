import { child, type Node, toJson } from '../../prompt/node.ts';
import { countCodePoints } from '../../text.ts';
import { type Check, judged } from './check.ts';

export const length: Check = {
  kind: 'length',
  namespace: 'promptsmith',
  summary:
    'The length of the answer is within the limits, in characters, words (separated by white space) or tokens of its model.',
  parameters: [
    {
      name: 'max',
      type: 'number',
      required: false,
      description: 'The maximum length.',
    },
    {
      name: 'min',
      type: 'number',
      required: false,
      description: 'The minimum length.',
    },
    {
      name: 'unit',
      type: 'text',
      required: false,
      default: 'characters',
      oneOf: ['characters', 'words', 'tokens'],
      description: 'The unit of length.',
    },
  ],
  example: `uses: promptsmith/length
with: { max: 120, unit: words }`,
  expects: (fault, { body }) =>
    fault === 'empty' && body.type === 'uses' && isZero(child(body.with, 'max')),
  run: ({ text, args, model }, { countTokens }) => {
    const min = args.number('min');
    const max = args.number('max');
    if (min === undefined && max === undefined) {
      return { kind: 'error', message: '`with` needs `max` or `min`' };
    }
    if (min !== undefined && max !== undefined && min > max) {
      return { kind: 'error', message: `\`min\` ${min} is greater than \`max\` ${max}` };
    }
    const unit = args.text('unit');
    const count =
      unit === 'tokens'
        ? countTokens(text, model)
        : unit === 'words'
          ? words(text)
          : countCodePoints(text);
    if (count === null)
      return { kind: 'unmeasurable', detail: `the tokens of ${model} cannot be counted` };
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
        `${count} ${unit}, at least ${min} required`,
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

function isZero(node: Node | undefined): boolean {
  return node !== undefined && Number(toJson(node)) === 0;
}
