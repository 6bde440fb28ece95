import { findSecrets } from '../../secrets.ts';
import { type Check, judged } from './check.ts';

export const secrets: Check = {
  kind: 'secrets',
  namespace: 'promptsmith',
  summary:
    'The answer contains no key, token or password with a recognizable format. Published examples are ignored. Reports show only the first characters.',
  parameters: [],
  example: 'uses: promptsmith/secrets',
  readsThoughts: true,
  run: ({ text }) => {
    const found = findSecrets(text);
    if (found.length === 0) return judged(true, 'no secrets');
    const shown = found.slice(0, 5).map(({ what, masked }) => `${what} ${masked}`);
    const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
    return judged(false, `secrets: ${shown.join(', ')}${more}`, 'no secrets');
  },
};
