import { type Check, judged } from './check.ts';
import { regexError, statelessFlags } from './regex-error.ts';

export const regex: Check = {
  kind: 'regex',
  namespace: 'promptsmith',
  summary: 'A JavaScript regular expression matches somewhere in the answer, within 100 ms.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      notEmpty: true,
      description: 'The pattern, without slashes.',
    },
    {
      name: 'flags',
      type: 'text',
      required: false,
      default: '',
      description: 'Flags such as `i`, `m`, `s`, `u`.',
    },
  ],
  example: `uses: promptsmith/regex
with: { value: "order #\\d{6}", flags: i }`,
  run: ({ text, args }, { regex: engine }) => {
    const pattern = args.text('value');
    const flags = statelessFlags(args.text('flags'));
    const wrong = regexError(pattern, args.text('flags'));
    if (wrong !== null) return { kind: 'error', message: wrong };
    const match = engine.exec(pattern, flags, text);
    switch (match.kind) {
      case 'match':
        return judged(true, `/${pattern}/${flags} matches`);
      case 'none':
        return judged(false, `/${pattern}/${flags} does not match`, `/${pattern}/${flags}`);
      case 'timeout':
        return { kind: 'error', message: `/${pattern}/${flags} took too long on this answer` };
      default:
        return match satisfies never;
    }
  },
};
