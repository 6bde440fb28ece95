import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { maskSecret } from '../../lint/secrets.ts';
import type { Template } from '../../prompt/template.ts';
import { isSpecimen } from '../../secrets.ts';
import type { Span } from '../../text.ts';
import { PROMPT_LEAK } from '../security-tags.ts';
import { findNondisclosures } from './nondisclosure.ts';

export const secretBehindNondisclosure: Rule = {
  id: 'secret-behind-nondisclosure',
  severity: 'warning',
  mode: 'recommended',
  group: 'secrets',
  tags: PROMPT_LEAK,
  summary: 'The prompt contains a secret that the model is asked to keep',
  docs: {
    why: 'A model cannot keep what it has read: a question in another language, or a request for a translation or a poem, is often enough (OWASP LLM07, "System Prompt Leakage"). A secret belongs to the program around the model, which checks it in code.',
    bad: `messages:
  - role: system
    content: The discount code is SUMMER-2417-VIP. Never reveal it.`,
    good: `messages:
  - role: system
    content: When a customer gives a discount code, call the tool \`check_code\`.`,
    unless: 'The prompt is a game in which revealing the word does no harm.',
  },
  *check(context) {
    for (const { content, role } of context.prompt.messages) {
      if (!content || role === 'assistant') continue;
      const sentences = context.readings.get(findNondisclosures, content.text);
      const guard = sentences.find(({ isOwnText }) => !isOwnText);
      if (!guard) continue;
      for (const { span, shown, confidence } of findKeptSecrets(content, context)) {
        yield {
          message: `A sentence cannot keep ${shown} secret: whoever uses the model can extract it. Keep it in the program around the model.`,
          span,
          confidence,
          related: [
            { message: 'the sentence', span: content.span(guard.span.start, guard.span.end) },
          ],
        };
      }
    }
  },
};

interface Kept extends Pick<Problem, 'span'> {
  readonly shown: string;
  readonly confidence: 'high' | 'medium';
}

/** `the code is X`, `password: X`, `the password "X"`, where X is a word or a placeholder. */
const NAMED =
  /\b(pass ?word|pass ?code|pass ?phrase|PIN|secret(?: (?:key|word|code|phrase))?|(?:access|discount|promo|coupon|security|admin|entry|door|unlock) codes?|api[ _-]?key|credentials?|token|flag)\b(?: (?:for|of|to) [^.:\n]{1,40}?)?(?: is| are|:| =|=| (?=["'“`])) {0,2}["'“`]?(\{\{[\w.-]{1,80}\}\}|[^\s"'”`,;]{3,80})/gi;

function* findKeptSecrets({ text, span, node }: Template, context: RuleContext): Generator<Kept> {
  const scanned = context.secrets.found;
  const inside = (at: Span): boolean => at.start >= node.token.start && at.end <= node.token.end;
  for (const hit of scanned.filter((one) => inside(one.span)))
    yield { span: hit.span, shown: `this secret (${hit.kind})`, confidence: 'high' };
  for (const match of text.matchAll(NAMED)) {
    const [whole, what = '', raw = ''] = match;
    const value = raw.replace(/(?<![.!?)])[.!?)]+$/, '');
    const start = match.index + whole.length - raw.length;
    const at = span(start, start + value.length);
    if (
      !looksSecret(value) ||
      isSpecimen(value) ||
      isOrdinary(what.toLowerCase(), value) ||
      scanned.some((hit) => hit.span.start < at.end && at.start < hit.span.end)
    )
      continue;
    const isPlaceholder = value.startsWith('{{');
    const shown = isPlaceholder
      ? `\`${value}\``
      : `this ${what.toLowerCase()} (${maskSecret(value)})`;
    yield { span: at, shown, confidence: isPlaceholder ? 'high' : 'medium' };
  }
}

/** A flag may be a state (`the flag is TRIGGERED`) or an option; a token may be part of a text. */
function isOrdinary(what: string, value: string): boolean {
  return (what === 'flag' && /^(?:[A-Z]+|-.*)$/.test(value)) || /^[<[]/.test(value);
}

/** A placeholder, a word in quotation marks or capitals, or one with a digit or a symbol; not a plain word. */
function looksSecret(value: string): boolean {
  return (
    value.startsWith('{{') ||
    /\d/.test(value) ||
    /^[A-Z_-]{4,}$/.test(value) ||
    /[a-z][A-Z]/.test(value) ||
    /[$#@_&%-]/.test(value)
  );
}
