import { findPii, PII_TYPES, type PiiType } from '../../pii.ts';
import { type Check, judged } from './check.ts';

export const pii: Check = {
  kind: 'pii',
  namespace: 'promptsmith',
  summary:
    'The answer contains no personal data with a recognizable format: email addresses, phone, card and account numbers, and national ids, with valid check digits. Reserved examples (`example.com`, test cards) are ignored. Names are not detected.',
  parameters: [
    {
      name: 'types',
      alias: 'type',
      type: 'texts',
      required: false,
      notEmpty: true,
      description: `The types to detect, default all: ${PII_TYPES.join(', ')}.`,
    },
    {
      name: 'allow',
      type: 'texts',
      required: false,
      description: 'Values that may occur in the answer, such as your own address.',
    },
  ],
  example: `uses: promptsmith/pii
with: { types: [email, phone, card], allow: [help@shop.example] }`,
  readsThoughts: true,
  run: ({ text, args }) => {
    const given = args.texts('types');
    const unknown = given.find((type) => !PII_TYPES.includes(type as PiiType));
    if (unknown !== undefined) {
      const message = `"${unknown}" is not a type; use ${PII_TYPES.join(', ')}`;
      return { kind: 'error', message };
    }
    const wanted = new Set(given.length === 0 ? PII_TYPES : given);
    const allowed = new Set(args.texts('allow').map(normalizeValue));
    const found = findPii(text).filter(
      (match) => wanted.has(match.type) && !allowed.has(normalizeValue(match.text)),
    );
    if (found.length === 0) return judged(true, 'no personal data');
    const shown = found.slice(0, 5).map((match) => `${match.type} ${maskValue(match.text)}`);
    const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
    return judged(false, `personal data: ${shown.join(', ')}${more}`, 'no personal data');
  },
};

function normalizeValue(text: string): string {
  return text.toLowerCase().replace(/[ ()-]/g, '');
}

/** Reports are stored and shared, so they show only enough to find the value. */
function maskValue(text: string): string {
  return `${text.slice(0, 2)}…${text.slice(-2)}`;
}
