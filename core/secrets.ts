import type { Span } from './text.ts';

export interface SecretMatch {
  /** What the secret is: `GitHub token`. */
  readonly what: string;
  readonly span: Span;
  /** Its first characters, with the rest masked: safe to show. */
  readonly masked: string;
}

/**
 * Finds keys and tokens by their form; a value that is only named a secret must also look random. Published
 * examples are not secrets. Time is linear in the text.
 */
export function findSecrets(text: string): SecretMatch[] {
  const found: SecretMatch[] = [];
  for (const { what, pattern, minBits = 0 } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      if (isSpecimen(value) || bitsPerCharacter(value) < minBits) continue;
      const start = match.index + match[0].lastIndexOf(value);
      found.push({ what, span: { start, end: start + value.length }, masked: mask(value) });
    }
  }
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = -1;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

interface Form {
  readonly what: string;
  /** The first group is the secret; without a group, the whole match. */
  readonly pattern: RegExp;
  /** Minimum Shannon entropy: words have 2.5 to 3.5 bits per character, random text has more. */
  readonly minBits?: number;
}

const FORMS: readonly Form[] = [
  { what: 'private key', pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g },
  { what: 'AWS access key', pattern: /(?<!\w)(?:AKIA|ASIA)[A-Z2-7]{16}(?!\w)/g, minBits: 2.5 },
  { what: 'GitHub token', pattern: /(?<!\w)gh[pousr]_[A-Za-z0-9]{36,255}(?!\w)/g, minBits: 3 },
  { what: 'GitHub token', pattern: /(?<!\w)github_pat_\w{22,255}(?!\w)/g, minBits: 3 },
  { what: 'GitLab token', pattern: /(?<!\w)glpat-[\w-]{20,64}(?![\w-])/g, minBits: 3 },
  { what: 'Anthropic key', pattern: /(?<!\w)sk-ant-[\w-]{20,200}(?![\w-])/g, minBits: 3 },
  {
    what: 'OpenAI key',
    pattern: /(?<!\w)sk-(?:proj-|svcacct-)?[\w-]{32,200}(?![\w-])/g,
    minBits: 3,
  },
  { what: 'Slack token', pattern: /(?<!\w)xox[abeprs]-[\w-]{10,200}(?![\w-])/g, minBits: 3 },
  { what: 'Stripe key', pattern: /(?<!\w)[rs]k_live_[A-Za-z0-9]{16,128}(?!\w)/g, minBits: 3 },
  { what: 'Google key', pattern: /(?<!\w)AIza[\w-]{35}(?![\w-])/g, minBits: 3 },
  { what: 'npm token', pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g, minBits: 3 },
  { what: 'PyPI token', pattern: /(?<!\w)pypi-[\w-]{50,300}(?![\w-])/g, minBits: 3 },
  { what: 'Hugging Face token', pattern: /(?<!\w)hf_[A-Za-z0-9]{30,64}(?!\w)/g, minBits: 3 },
  { what: 'SendGrid key', pattern: /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g, minBits: 3 },
  { what: 'Google OAuth secret', pattern: /(?<!\w)GOCSPX-[\w-]{28}(?![\w-])/g, minBits: 3 },
  { what: 'webhook secret', pattern: /(?<!\w)whsec_[A-Za-z0-9]{24,64}(?!\w)/g, minBits: 3 },
  { what: 'Telegram bot token', pattern: /(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])/g, minBits: 3 },
  { what: 'DigitalOcean token', pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g, minBits: 3 },
  { what: 'Azure storage key', pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g, minBits: 3 },
  { what: 'xAI key', pattern: /(?<!\w)xai-[A-Za-z0-9]{70,90}(?!\w)/g, minBits: 3 },
  { what: 'Perplexity key', pattern: /(?<!\w)pplx-[A-Za-z0-9]{40,60}(?!\w)/g, minBits: 3 },
  { what: 'Replicate token', pattern: /(?<!\w)r8_[A-Za-z0-9]{37}(?!\w)/g, minBits: 3 },
  { what: 'Mailgun key', pattern: /(?<!\w)key-[0-9a-f]{32}(?!\w)/g, minBits: 3 },
  { what: 'Supabase token', pattern: /(?<!\w)sbp_[0-9a-f]{40}(?!\w)/g, minBits: 3 },
  { what: 'Notion token', pattern: /(?<!\w)ntn_[A-Za-z0-9]{40,50}(?!\w)/g, minBits: 3 },
  { what: 'npm token', pattern: /_authToken=([\w-]{36})(?![\w-])/g, minBits: 3 },
  { what: 'bearer token', pattern: /(?<!\w)Bearer ([\w.~+/-]{32,400}={0,2})/g, minBits: 3.6 },
  {
    what: 'JSON web token',
    pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}(?![\w-])/g,
  },
  {
    what: 'password in an address',
    pattern: /(?<![a-z])[a-z][a-z0-9+]{2,20}:\/\/[^\s:@/]{1,80}:([^\s:@/]{6,128})@[\w.-]{1,253}/gi,
  },
  {
    what: 'value named a secret',
    pattern:
      /(?:api[_-]?key|secret(?:[_-]?key)?|access[_-]?token|auth[_-]?token|password|passwd)["']?\s{0,3}[:=]\s{0,3}["']?((?=[a-z+/=._~-]{0,255}\d)[\w+/=.~-]{16,256})/gi,
    minBits: 3.6,
  },
];

/** Placeholders for secrets in documentation. */
export function isSpecimen(value: string): boolean {
  return SPECIMEN.test(value) || JOHN_DOE.test(value);
}

const SPECIMEN =
  /example|your[-_]|placeholder|changeme|redacted|dummy|x{6}|\*{4}|\.{3}|0123456789|1234567890|^(?:abc|xyz|foo)[-_]?\d{0,6}$/i;

/** The name in the payload of sample tokens, in base64 at each of the three alignments. */
const JOHN_DOE = /Sm9obiBEb2|pvaG4gRG9l|b2huIERvZ/;

/** Computes the Shannon entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

function mask(value: string): string {
  return `${value.slice(0, Math.min(4, Math.floor(value.length / 4)))}…`;
}
