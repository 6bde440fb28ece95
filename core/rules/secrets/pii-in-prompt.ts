import type { Problem, Rule } from '../../lint/engine/rule.ts';
import { findPii, type PiiMatch, type PiiType } from '../../pii.ts';
import { pointAtValue } from '../injection/row-values.ts';
import { DISCLOSURE } from '../security-tags.ts';

export const piiInPrompt: Rule = {
  id: 'pii-in-prompt',
  severity: 'warning',
  mode: 'recommended',
  group: 'secrets',
  tags: [...DISCLOSURE, 'CWE-359'],
  summary: 'The prompt contains a card, account or ID number of a person',
  masksText: true,
  docs: {
    why: 'A prompt is sent to the provider with every call and stays in the history of the repository. The rule recognizes numbers by their check digits: cards, IBANs, national IDs. Documented samples are not reported, nor are addresses and phone numbers of companies. In test rows, this is an informational finding.',
    bad: `messages:
  - role: user
    content: "Refund the card 4539 5787 6362 1486."`,
    good: `messages:
  - role: user
    content: "Refund the card {{card}}."`,
    unless:
      'The number is made up: use one that is reserved for tests, such as 4242 4242 4242 4242.',
  },
  *check({ prompt, templates, readings }) {
    for (const { template, place } of templates) {
      if (place !== 'message' && place !== 'judge') continue;
      for (const match of readings.get(findPii, template.text)) {
        const problem = reportMatch(match, template.span(match.span.start, match.span.end));
        if (problem) yield problem;
      }
    }
    for (const { values } of prompt.rows) {
      for (const value of values.values()) {
        for (const match of readings.get(findPii, value.text)) {
          const { start, end } = match.span;
          const problem = reportMatch(match, pointAtValue(value, start, end - start, prompt.text));
          if (problem) yield { ...problem, severity: 'info' };
        }
      }
    }
  },
};

/** Kinds without check digits could be anything: a date, an order number, the address of a help desk. */
const NAMES: Readonly<Partial<Record<PiiType, string>>> = {
  card: 'the number of a payment card',
  iban: 'an account number (IBAN)',
  'us-ssn': 'a US social security number',
  'uk-nhs': 'a British NHS number',
  'es-dni': 'a Spanish id number',
  'fr-nir': 'a French social security number',
  'br-cpf': 'a Brazilian tax number',
  'pl-pesel': 'a Polish id number',
};

function reportMatch({ type, text }: PiiMatch, span: Problem['span']): Problem | null {
  const name = NAMES[type];
  if (name === undefined) return null;
  const shown = `${text.slice(0, 2)}…${text.slice(-2)}`;
  return {
    message: `This is ${name} (${shown}) with valid check digits. Remove it, or use one that is reserved for tests.`,
    span,
    confidence: type === 'us-ssn' ? 'medium' : 'high',
  };
}
