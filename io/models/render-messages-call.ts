import type { ModelRequest } from '#core/eval/model.ts';
import { UNADAPTED } from './adaptation.ts';
import { type CodeKind, pythonLiteral, quoteForShell } from './code-literals.ts';
import { buildMessagesRequest } from './messages-request.ts';
import { findMessagesRoot, MESSAGES_VERSION } from './messages-root.ts';
import { type ProviderAddress, selectKeyHeader } from './providers.ts';

/** A call of the Messages API as a command or a program. The key is the name of its variable. */
export function renderMessagesCall(
  kind: CodeKind,
  request: ModelRequest,
  { baseUrl, origin, keys }: Pick<ProviderAddress, 'baseUrl' | 'origin' | 'keys'>,
): string {
  const { stream: _, ...body } = buildMessagesRequest(request, {
    ...UNADAPTED,
    stream: false,
  }).body;
  const root = findMessagesRoot(baseUrl);
  const [variable] = keys;
  switch (kind) {
    case 'curl':
      return curl(`${root}/v1/messages`, body, origin, variable);
    case 'typescript':
      return typescript(root, body, variable);
    case 'python':
      return python(root, body, variable);
    default:
      return kind satisfies never;
  }
}

function curl(url: string, body: object, origin: string, variable: string | undefined): string {
  const header = selectKeyHeader(origin, 'messages');
  const key =
    header === 'authorization' ? `Authorization: Bearer $${variable}` : `${header}: $${variable}`;
  return [
    `curl ${quoteForShell(url)}`,
    `  -H 'Content-Type: application/json'`,
    `  -H 'anthropic-version: ${MESSAGES_VERSION}'`,
    ...(variable === undefined ? [] : [`  -H "${key}"`]),
    `  --data-binary ${quoteForShell(JSON.stringify(body, null, 2))}`,
  ].join(' \\\n');
}

/** The package's later versions know neither the version of the interface nor its sampling parameters. */
function typescript(baseURL: string, body: object, variable: string | undefined): string {
  const apiKey = variable === undefined ? "'none'" : `process.env.${variable}`;
  return `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: ${JSON.stringify(baseURL)},
  apiKey: ${apiKey},
  defaultHeaders: { 'anthropic-version': '${MESSAGES_VERSION}' },
});
const message = await client.messages.create(${JSON.stringify(body, null, 2)} as Anthropic.MessageCreateParamsNonStreaming);
console.log(message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''));
`;
}

/** Fields that not every version of the package has an argument for. */
const EXTRA = new Set(['temperature', 'top_p', 'top_k']);

function python(baseUrl: string, body: object, variable: string | undefined): string {
  const key = variable === undefined ? "'none'" : `os.environ[${JSON.stringify(variable)}]`;
  const entries = Object.entries(body);
  const known = entries.filter(([name]) => !EXTRA.has(name));
  const extra = Object.fromEntries(entries.filter(([name]) => EXTRA.has(name)));
  const all = Object.keys(extra).length === 0 ? known : [...known, ['extra_body', extra] as const];
  const fields = all.map(([name, value]) => `    ${name}=${pythonLiteral(value, 1)},\n`);
  return `import os

from anthropic import Anthropic

client = Anthropic(
    base_url=${pythonLiteral(baseUrl, 1)},
    api_key=${key},
    default_headers={"anthropic-version": "${MESSAGES_VERSION}"},
)
message = client.messages.create(
${fields.join('')})
print("".join(block.text for block in message.content if block.type == "text"))
`;
}
