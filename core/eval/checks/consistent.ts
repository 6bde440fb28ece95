import { canonicalJson } from '../../json.ts';
import { type Check, quote } from './check.ts';
import { scoredVerdict } from './scored-verdict.ts';
import { transform } from './transform.ts';
import { splitWords } from './words.ts';

export const consistent: Check = {
  kind: 'consistent',
  namespace: 'promptsmith',
  summary:
    'The cases of one `$case.group` get the same answer. The score is the share of the group, including the case itself, that agrees with it. All must agree, or at least the share in `threshold`.',
  parameters: [
    {
      name: 'by',
      type: 'text',
      required: false,
      default: 'words',
      oneOf: ['words', 'text', 'json'],
      description:
        'What is compared: the words, ignoring case and punctuation; the exact text; or the JSON value.',
    },
  ],
  example: `uses: promptsmith/consistent
transform: json:verdict`,
  needsGroup: true,
  run: (input, { regex }) => {
    const { group, evaluator, text, args } = input;
    if (!group) return { kind: 'unmeasurable', detail: 'the case has no `$case.group`' };
    if (group.missing > 0) {
      const detail = `${group.missing} answers of the group were judged in an earlier part of the run; pass --rescore to compare all`;
      return { kind: 'unmeasurable', detail };
    }
    const own = normalizeAnswer(text, args.text('by'));
    if (own === null)
      return { kind: 'judged', score: 0, passed: false, detail: 'the answer is not JSON' };
    const different: string[] = [];
    let agreeing = 1;
    for (const other of group.others) {
      const picked = transform(other.text, evaluator.transform, regex);
      const form = picked.kind === 'text' ? normalizeAnswer(picked.text, args.text('by')) : null;
      if (form === own) agreeing++;
      else different.push(other.case);
    }
    const all = group.others.length + 1;
    const { unanswered = 0 } = group;
    const required = evaluator.threshold ?? 1;
    const isMet = (count: number): boolean => count / (all + unanswered) >= required - 1e-12;
    if (isMet(agreeing) !== isMet(agreeing + unanswered)) {
      const are =
        unanswered === 1 ? '1 answer of the group is' : `${unanswered} answers of the group are`;
      return { kind: 'error', message: `${are} missing, which decide whether it agrees` };
    }
    if (all === 1)
      return { kind: 'unmeasurable', detail: 'no other case of the group has an answer' };
    const which = different
      .slice(0, 3)
      .map((id) => quote(id))
      .join(', ');
    const more = different.length > 3 ? ` and ${different.length - 3} more` : '';
    const said =
      different.length === 0
        ? `all ${all} answers of the group agree`
        : `${agreeing} of ${all} answers of the group agree; different: ${which}${more}`;
    return scoredVerdict(agreeing / all, evaluator, 1, said);
  },
};

/** The form of an answer that is compared; null if the answer does not have it. */
function normalizeAnswer(text: string, by: string): string | null {
  if (by === 'text') return text;
  if (by === 'words') return splitWords(text).join(' ');
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return null;
  }
}
