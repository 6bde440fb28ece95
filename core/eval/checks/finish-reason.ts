import { parseFinishReason as known } from '../plan/parse-finish-reason.ts';
import { type Check, judged } from './check.ts';

export const finishReason: Check = {
  kind: 'finish-reason',
  namespace: 'promptsmith',
  summary: 'The answer ended for one of these reasons; the providers’ own names are understood.',
  parameters: [
    {
      name: 'value',
      alias: 'values',
      type: 'texts',
      required: false,
      default: 'stop',
      description: 'stop, length, content-filter, tool or other; one or a list.',
    },
  ],
  example: `uses: promptsmith/finish-reason
with: stop`,
  run: ({ answer, args }) => {
    const wanted = args.texts('value');
    const unknown = wanted.find((word) => known(word) === null);
    if (unknown !== undefined) {
      return {
        kind: 'error',
        message: `"${unknown}" is no finish reason: stop, length, content-filter, tool, other`,
      };
    }
    const reasons = wanted.map(known);
    const passed = reasons.includes(answer.finishReason);
    const detail = `the answer ended with ${answer.finishReason}`;
    return judged(passed, detail, reasons.join(' or '), answer.finishReason);
  },
};
