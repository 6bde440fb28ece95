import type { Arguments } from './arguments.ts';
import { type Check, judged } from './check.ts';

export const regex: Check = {
  kind: 'regex',
  namespace: 'promptsmith',
  summary:
    'A JavaScript regular expression matches somewhere in the answer. It is stopped after 100 ms of processor time.',
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
  validate: validatePattern,
  run: ({ text, args }, { regex: engine }) => {
    const pattern = args.text('value');
    const flags = dropStatefulFlags(args.text('flags'));
    const wrong = validateRegex(pattern, args.text('flags'));
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

export const fullMatch: Check = {
  kind: 'full-match',
  namespace: 'promptsmith',
  summary:
    'A JavaScript regular expression matches the whole answer. It is stopped after 100 ms of processor time.',
  parameters: [
    {
      name: 'value',
      type: 'text',
      required: true,
      description: 'The pattern, without slashes or anchors.',
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
  validate: validatePattern,
  readsWhole: () => true,
  run: ({ text, args }, { regex: engine }) => {
    const pattern = args.text('value');
    const flags = dropStatefulFlags(args.text('flags'));
    const wrong = validateRegex(pattern, args.text('flags'));
    if (wrong !== null) return { kind: 'error', message: wrong };
    // Not `^` and `$`: with the flag `m` they match at every line break.
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

function validatePattern(args: Arguments): string | null {
  if (!args.has('value')) return null;
  return validateRegex(args.text('value'), args.has('flags') ? args.text('flags') : '');
}

/** Why a pattern or its flags are invalid; null if they are valid. */
export function validateRegex(pattern: string, flags: string): string | null {
  if (/[^dgimsuvy]/.test(flags)) return `unknown flags "${flags}"; use d, g, i, m, s, u, v or y`;
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Drops `g` and `y`, with which a match depends on the one before it. */
export function dropStatefulFlags(flags: string): string {
  return flags.replace(/[gy]/g, '');
}
