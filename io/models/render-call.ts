import type { ModelRequest } from '#core/eval/model.ts';
import { UNADAPTED } from './adaptation.ts';
import { buildChatRequest } from './chat-request.ts';
import { type ProviderAddress, selectKeyHeader } from './providers.ts';

/** A way to make the same call without us. */
export type CodeKind = 'curl' | 'typescript' | 'python';

/**
 * A call as a command or a program. The key is the name of an environment variable, never its value;
 * the answer comes as a whole.
 */
export function renderCall(
  kind: CodeKind,
  request: ModelRequest,
  { baseUrl, origin, keys }: Pick<ProviderAddress, 'baseUrl' | 'origin' | 'keys'>,
): string {
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

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function pythonLiteral(value: unknown, depth: number): string {
  const inner = '    '.repeat(depth + 1);
  const outer = '    '.repeat(depth);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  // JSON's escapes are Python's too, but for halves of surrogate pairs, which JSON.stringify escapes.
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
  const items = Array.isArray(value)
    ? value.map((item) => pythonLiteral(item, depth + 1))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}: ${pythonLiteral(item, depth + 1)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${outer}${close}`;
}
