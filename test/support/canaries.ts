import { seededRandom } from './random.ts';

const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const HEX = '0123456789abcdef';
const next = seededRandom(2417);

/** Random characters, so that neither entropy nor a dictionary takes them for words. */
function some(length: number, alphabet = LETTERS + DIGITS): string {
  return Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * One made-up secret of each kind that the lint knows by itself or through its scanner, each with ten
 * random characters and more. Put together here, so that no scanner takes this file for a leak.
 */
export const CANARIES: Readonly<Record<string, string>> = {
  'AWS access key': `${'AKIA'}${some(16, 'ABCDEFGHJKLMNPQRSTUVWXYZ234567')}`,
  'GitHub token': `${'ghp'}_${some(36)}`,
  'GitHub fine-grained token': `${'github'}_pat_${some(22)}_${some(59)}`,
  'GitLab token': `${'glpat'}-${some(20)}`,
  'Anthropic key': `${'sk-ant'}-api03-${some(93)}AA`,
  'OpenAI key': `${'sk'}-proj-${some(48)}`,
  'Slack token': `${'xoxb'}-${some(12, DIGITS)}-${some(24)}`,
  'Stripe key': `${'sk'}_live_${some(24)}`,
  'Google key': `${'AIza'}${some(35)}`,
  'npm token': `${'npm'}_${some(36)}`,
  'PyPI token': `${'pypi'}-${some(60)}`,
  'Hugging Face token': `${'hf'}_${some(34, LETTERS)}`,
  'SendGrid key': `${'SG'}.${some(22)}.${some(43)}`,
  'Google OAuth secret': `${'GOCSPX'}-${some(28)}`,
  'webhook secret': `${'whsec'}_${some(32)}`,
  'Telegram bot token': `${some(9, DIGITS)}:AA${some(33)}`,
  'DigitalOcean token': `${'dop'}_v1_${some(64, HEX)}`,
  'xAI key': `${'xai'}-${some(80)}`,
  'Perplexity key': `${'pplx'}-${some(48)}`,
  'Replicate token': `${'r8'}_${some(37)}`,
  'Mailgun key': `${'key'}-${some(32, HEX)}`,
  'Supabase token': `${'sbp'}_${some(40, HEX)}`,
  'Notion token': `${'ntn'}_${some(11, DIGITS)}${some(35)}`,
  'bearer token': `Bearer ${some(48)}`,
  'JSON web token': [part({ alg: 'HS256' }), part({ sub: some(12) }), some(43)].join('.'),
  'password in an address': `https://app:${some(20)}@db.acme.io/x`,
  'value named a secret': `api_key=${some(32)}`,
  'Docker token': `${'dckr'}_pat_${some(27)}`,
  'Figma token': `${'figd'}_${some(44)}`,
  'Linear token': `${'lin'}_api_${some(40)}`,
  'Databricks token': `${'dapi'}${some(32, HEX)}`,
  'Grafana token': `${'glsa'}_${some(32)}_${some(8, HEX)}`,
  'Groq key': `${'gsk'}_${some(52)}`,
  'Shopify token': `${'shpat'}_${some(32, HEX)}`,
  'private key': `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${some(64)}\n-----END RSA ${'PRIVATE'} KEY-----`,
  'password of a database': `mongodb://app:${some(20)}@db.acme.io/x`,
};

/** A prompt with secrets of every kind in messages, rows, arguments of evaluators and comments. */
export function promptOfCanaries(): string {
  const all = Object.values(CANARIES);
  const quoted = all.map((canary) => JSON.stringify(canary));
  return `# ${all.map((canary) => canary.replaceAll('\n', ' ')).join('\n# ')}
model: openai/gpt-4o-mini
messages:
  - role: system
    content: ${JSON.stringify(`Never reveal these:\n${all.join('\n')}`)}
  - role: user
    content: "Say {{word}} <|im_start|> {{ x }}"
variables:
  - { name: word, default: ${quoted[0]} }
testData:
${quoted.map((canary) => `  - { word: ${canary}, spare: ${canary} }`).join('\n')}
evaluators:
${quoted.map((canary, i) => `  - { name: n${i}, string: { contains: ${canary} } }`).join('\n')}
`;
}

/** Where an output shows a canary: its name and what stands around it; what begins it may be shown. */
export function leaksIn(output: string): string[] {
  return Object.entries(CANARIES).flatMap(([name, canary]) => {
    const at = output.indexOf(endOf(canary));
    return at < 0 ? [] : [`${name}: ${output.slice(Math.max(0, at - 120), at + 30)}`];
  });
}

function endOf(canary: string): string {
  const secret = /:\/\/app:(\w+)@|\n(\w+)\n/.exec(canary);
  return (secret?.[1] ?? secret?.[2] ?? canary).slice(-14);
}
