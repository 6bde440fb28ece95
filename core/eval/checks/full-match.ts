import { type Check, judged } from './check.ts';
import { regexError, statelessFlags } from './regex-error.ts';

export const fullMatch: Check = {
  kind: 'full-match',
  namespace: 'promptsmith',
  summary: 'A JavaScript regular expression matches the whole answer, within 100 ms.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      description: 'The pattern, without slashes and anchors.',
    },
    {
      name: 'flags',
      type: 'text',
      required: false,
      default: '',
      description: 'Flags such as `i`, `s`, `u`.',
    },
  ],
  example: `uses: promptsmith/full-match
with: "yes|no"`,
  run: ({ text, args }, { regex: engine }) => {
    const pattern = args.text('value');
    const flags = statelessFlags(args.text('flags'));
    const wrong = regexError(pattern, args.text('flags'));
    if (wrong !== null) return { kind: 'error', message: wrong };
    // Not `^` and `$`: with the flag `m` they match at every line.
    const match = engine.exec(`(?<![^])(?:${pattern})(?![^])`, flags, text);
    switch (match.kind) {
      case 'match':
        return judged(true, `the whole answer matches /${pattern}/${flags}`);
      case 'none':
        return judged(
          false,
          `the whole answer does not match /${pattern}/${flags}`,
          `/${pattern}/${flags}`,
        );
      case 'timeout':
        return { kind: 'error', message: `/${pattern}/${flags} took too long on this answer` };
      default:
        return match satisfies never;
    }
  },
};
