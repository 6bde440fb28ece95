import { isCpf, isDni, isIban, isLuhn, isNhsNumber, isNir, isPesel } from './checksums.ts';
import type { Span } from './text.ts';

export const PII_TYPES = [
  'email',
  'phone',
  'card',
  'iban',
  'us-ssn',
  'uk-nhs',
  'es-dni',
  'fr-nir',
  'br-cpf',
  'pl-pesel',
] as const;

/** The kind of personal data. */
export type PiiType = (typeof PII_TYPES)[number];

export interface PiiMatch {
  readonly type: PiiType;
  readonly span: Span;
  readonly text: string;
}

/**
 * Finds personal data by form and checksum, in text order. Values reserved for documentation
 * (example.com, 555-01xx numbers, test cards, specimen IBANs …) are not personal data. Names and
 * postal addresses have no fixed form and are not found. Time is linear in the text.
 */
export function findPii(text: string): PiiMatch[] {
  const found: PiiMatch[] = [];
  for (const { type, pattern, isReal } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      if (!isReal(match[0])) continue;
      const span = { start: match.index, end: match.index + match[0].length };
      found.push({ type, span, text: match[0] });
    }
  }
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  // A card number is not also a phone number: of overlapping matches, the first and longest is kept.
  let end = -1;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

interface Form {
  readonly type: PiiType;
  readonly pattern: RegExp;
  isReal(match: string): boolean;
}

const FORMS: readonly Form[] = [
  {
    type: 'email',
    pattern: /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/gi,
    isReal: isRealEmail,
  },
  {
    type: 'card',
    pattern: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g,
    isReal: isRealCard,
  },
  {
    type: 'iban',
    pattern: /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)/g,
    isReal: (match) =>
      isIban(removeSeparators(match)) && !SPECIMEN_IBANS.has(removeSeparators(match)),
  },
  { type: 'us-ssn', pattern: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g, isReal: isRealSsn },
  {
    // Without groups, any ten digits could match; with hyphens, it is an American phone number.
    type: 'uk-nhs',
    pattern: /(?<![\w-])\d{3} \d{3} \d{4}(?![\w-])/g,
    isReal: (match) => !match.startsWith('999') && isNhsNumber(removeSeparators(match)),
  },
  {
    type: 'es-dni',
    pattern: /(?<!\w)(?:\d{8}|[XYZ]-?\d{7})-?[A-Z](?!\w)/g,
    isReal: (match) => isDni(removeSeparators(match)) && removeSeparators(match) !== '12345678Z',
  },
  {
    type: 'fr-nir',
    pattern: /(?<!\w)[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\w)/g,
    isReal: (match) => isNir(removeSeparators(match)),
  },
  {
    type: 'br-cpf',
    pattern: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g,
    isReal: (match) => isCpf(removeSeparators(match)) && removeSeparators(match) !== '12345678909',
  },
  {
    type: 'pl-pesel',
    pattern: /(?<=\bPESEL\b[ :]{0,3})\d{11}(?!\w)/g,
    isReal: isPesel,
  },
  {
    type: 'phone',
    pattern:
      /(?<![\w.+-])(?:\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\w-]|\.\d)/g,
    isReal: isRealPhone,
  },
];

function removeSeparators(text: string): string {
  return text.replace(/[ .-]/g, '');
}

/** False for the names that RFC 2606 and RFC 6761 reserve for examples. */
function isRealEmail(match: string): boolean {
  const domain = match.slice(match.indexOf('@') + 1).toLowerCase();
  return !/(?:^|\.)(?:example(?:\.(?:com|net|org|edu))?|test|invalid|localhost|local)$/.test(
    domain,
  );
}

/** True for digits with a brand's prefix and length and a valid check digit, except published test numbers. */
function isRealCard(match: string): boolean {
  const digits = removeSeparators(match);
  const isBrand =
    /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14})$/.test(
      digits,
    );
  return isBrand && isLuhn(digits) && !/(\d)\1{7}/.test(digits) && !TEST_CARDS.has(digits);
}

/** False for numbers that are never issued: area 000, 666 and 900–999, group 00, serial 0000; and two printed in ads. */
function isRealSsn(match: string): boolean {
  if (/^(?:000|666|9\d\d)|-00-|-0000$/.test(match)) return false;
  return match !== '078-05-1120' && match !== '219-09-9999' && match !== '123-45-6789';
}

/** At least eight digits; 555-01xx and the drama ranges of Ofcom and ACMA belong to nobody. */
function isRealPhone(match: string): boolean {
  const digits = match.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return false;
  if (/55501\d\d$/.test(digits) || /^1?(?:123456|5551234)/.test(digits)) return false;
  return !/^44(?:7700900|1632960|2079460|8081570)\d{2,3}$|^614915701\d\d$/.test(digits);
}

/** Published by payment providers for tests. */
const TEST_CARDS: ReadonlySet<string> = new Set([
  ...['4242424242424242', '4000056655665556', '5555555555554444', '2223003122003222'],
  ...['5200828282828210', '5105105105105100', '378282246310005', '371449635398431'],
  ...['6011111111111117', '6011000990139424', '3056930009020004', '36227206271667'],
  ...['3566002020360505', '4111111111111111', '4012888888881881', '4222222222222'],
  ...['4000002500003155', '4000000000000002', '5431111111111111', '30569309025904'],
  ...['38520000023237', '3530111333300000', '4917610000000000', '5454545454545454'],
]);

/** From the registry of ISO 13616 and the usual textbooks. */
const SPECIMEN_IBANS: ReadonlySet<string> = new Set([
  ...['GB82WEST12345698765432', 'GB29NWBK60161331926819', 'GB33BUKB20201555555555'],
  ...['DE89370400440532013000', 'FR1420041010050500013M02606', 'FR7630006000011234567890189'],
  ...['ES9121000418450200051332', 'IT60X0542811101000000123456', 'NL91ABNA0417164300'],
  ...['BE68539007547034', 'CH9300762011623852957', 'AT611904300234573201'],
  ...['PL61109010140000071219812874', 'SE4550000000058398257466', 'DK5000400440116243'],
  ...['NO9386011117947', 'FI2112345600000785', 'PT50000201231234567890154'],
  ...['IE29AIBK93115212345678', 'LU280019400644750000', 'GR1601101250000000012300695'],
]);
