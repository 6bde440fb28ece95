import {
  FileSecrets,
  hideSecrets,
  type SecretHit,
  type SecretScanner,
  scanForSecrets,
} from '#core/lint/secrets.ts';
import type { PromptDocument } from '#core/prompt/document.ts';

/**
 * Finds secrets with the rules of secretlint's recommended preset, a file of its own that is loaded on
 * the first call. The rules are run here and not by secretlint's engine: that one keeps measures of
 * every run for good.
 */
export function createSecretScanner(): SecretScanner {
  let loaded: Promise<readonly PresetRule[]> | undefined;
  return {
    async scan(text) {
      loaded ??= loadRules();
      return await runRules(await loaded, text);
    },
  };
}

/** The secrets of a prompt, those of the scanner included, which is loaded where there may be some. */
export async function findFileSecrets(prompt: PromptDocument): Promise<FileSecrets> {
  const known = await scanForSecrets(new FileSecrets(prompt).joined, createSecretScanner());
  return new FileSecrets(prompt, known);
}

/** Masks in texts about a prompt's run the secrets of the prompt, and those known by their form. */
export async function createSecretMask(prompt: PromptDocument): Promise<(text: string) => string> {
  const secrets = await findFileSecrets(prompt);
  return (text) => hideSecrets(secrets.hide(text));
}

/** What is used of a rule of secretlint. */
interface PresetRule {
  readonly meta: { readonly id: string };
  create(context: object, options: object): { file?(source: object): void | Promise<void> };
}

interface Report {
  readonly range: readonly [number, number];
}

async function loadRules(): Promise<readonly PresetRule[]> {
  const preset = await import('@secretlint/secretlint-rule-preset-recommend');
  const all = preset.rules as unknown as readonly PresetRule[];
  // Comments in a text must not turn the search off.
  return all.filter(({ meta }) => !meta.id.endsWith('filter-comments'));
}

async function runRules(rules: readonly PresetRule[], text: string): Promise<SecretHit[]> {
  const hits: SecretHit[] = [];
  const source = { content: text, filePath: '/prompt.txt', ext: '.txt', contentType: 'text' };
  for (const { meta, create } of rules) {
    const name = meta.id.replace(/^.*secretlint-rule-/, '');
    const context = {
      createTranslator: () => (messageId: string) => ({ message: messageId, messageId }),
      report: ({ range: [start, end] }: Report) => {
        hits.push({ kind: KINDS[name] ?? `${name} secret`, span: { start, end } });
      },
      ignore: () => undefined,
    };
    await create(context, {}).file?.(source);
  }
  return hits;
}

const KINDS: Readonly<Record<string, string>> = {
  '1password': '1Password token',
  anthropic: 'Anthropic key',
  aws: 'AWS key',
  basicauth: 'password in an address',
  'database-connection-string': 'password of a database',
  databricks: 'Databricks token',
  docker: 'Docker token',
  figma: 'Figma token',
  gcp: 'Google Cloud key',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  grafana: 'Grafana token',
  groq: 'Groq key',
  'hashicorp-vault': 'Vault token',
  huggingface: 'Hugging Face token',
  linear: 'Linear token',
  notion: 'Notion token',
  npm: 'npm token',
  openai: 'OpenAI key',
  privatekey: 'private key',
  sendgrid: 'SendGrid key',
  shopify: 'Shopify token',
  slack: 'Slack token',
  vercel: 'Vercel token',
};
