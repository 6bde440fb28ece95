import type { ModelRequest } from '#core/eval/model.ts';
import { UNADAPTED } from './adaptation.ts';
import { buildChatRequest } from './chat-request.ts';
import { type CodeKind, pythonLiteral, quoteForShell } from './code-literals.ts';
import { type ProviderAddress, selectKeyHeader } from './providers.ts';
import { renderMessagesCall } from './render-messages-call.ts';

/**
 * A call as a command or a program. The key is the name of an environment variable, never its value;
 * the answer comes as a whole.
 */
export function renderCall(
  kind: CodeKind,
  request: ModelRequest,
  address: Pick<ProviderAddress, 'baseUrl' | 'origin' | 'keys'>,
): string {
  const { api = 'chat' } = request.connection ?? {};
  if (api === 'messages') return renderMessagesCall(kind, request, address);
  const { baseUrl, origin, keys } = address;
  const { stream: _, ...body } = buildChatRequest(request, { ...UNADAPTED, stream: false }).body;
  const [variable] = keys;
  switch (kind) {
    case 'curl':
      return curl(`${baseUrl}/chat/completions`, body, origin, variable);
    case 'typescript':
      return typescript(baseUrl, body, variable);
    case 'python':
      return python(baseUrl, body, variable);
    default:
      return kind satisfies never;
  }
}

/** For a POSIX shell. */
function curl(url: string, body: object, origin: string, variable: string | undefined): string {
  const key =
    selectKeyHeader(origin) === 'api-key'
      ? `api-key: $${variable}`
      : `Authorization: Bearer $${variable}`;
  return [
    `curl ${quoteForShell(url)}`,
    `  -H 'Content-Type: application/json'`,
    ...(variable === undefined ? [] : [`  -H "${key}"`]),
    `  --data-binary ${quoteForShell(JSON.stringify(body, null, 2))}`,
  ].join(' \\\n');
}

function typescript(baseURL: string, body: object, variable: string | undefined): string {
  const apiKey = variable === undefined ? "'none'" : `process.env.${variable}`;
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${JSON.stringify(baseURL)},
  apiKey: ${apiKey},
});
const completion = await client.chat.completions.create(${JSON.stringify(body, null, 2)});
console.log(completion.choices[0]?.message.content);
`;
}

function python(baseUrl: string, body: object, variable: string | undefined): string {
  const key = variable === undefined ? "'none'" : `os.environ[${JSON.stringify(variable)}]`;
  const fields = Object.entries(body).map(
    ([name, value]) => `    ${name}=${pythonLiteral(value, 1)},\n`,
  );
  return `import os

from openai import OpenAI

client = OpenAI(
    base_url=${pythonLiteral(baseUrl, 1)},
    api_key=${key},
)
completion = client.chat.completions.create(
${fields.join('')})
print(completion.choices[0].message.content)
`;
}
