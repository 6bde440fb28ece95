import { parseFinishReason as known } from '../plan/parse-finish-reason.ts';
import { type Check, judged } from './check.ts';

export const finishReason: Check = {
  kind: 'finish-reason',
  namespace: 'promptsmith',
  summary: 'The answer ended for one of these reasons. The providers’ own names are recognized.',
  parameters: [
    {
      name: 'value',
      alias: 'values',
      type: 'texts',
      required: false,
      default: 'stop',
      description:
        'One of `stop`, `length`, `content-filter`, `tool` and `other`, or a list of them.',
    },
  ],
  example: `uses: promptsmith/finish-reason
with: stop`,
  expects: () => true,
  run: ({ answer, args }) => {
    const wanted = args.texts('value');
    const unknown = wanted.find((word) => known(word) === null);
    if (unknown !== undefined) {
      return {
        kind: 'error',
        message: `"${unknown}" is not a finish reason; use stop, length, content-filter, tool or other`,
      };
    }
    const reasons = wanted.map(known);
    const passed = reasons.includes(answer.finishReason);
    const detail = `the answer ended with ${answer.finishReason}`;
    return judged(passed, detail, reasons.join(' or '), answer.finishReason);
  },
};
