import type { ModelRequest } from '#core/eval/model.ts';
import { UNADAPTED } from './adaptation.ts';
import { buildChatRequest } from './chat-request.ts';
import { type CodeKind, pythonLiteral, quoteForShell } from './code-literals.ts';
import { type ProviderAddress, selectKeyHeader } from './providers.ts';
import { renderMessagesCall } from './render-messages-call.ts';
import { buildResponsesRequest } from './responses-request.ts';
import { splitDeployment } from './split-deployment.ts';
import type { WireClient } from './wire.ts';

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
  const way = api === 'responses' ? RESPONSES : CHAT;
  const { stream: _, ...body } = way.build(request, { ...UNADAPTED, stream: false }).body;
  const { origin, keys } = address;
  const baseUrl = api === 'responses' ? splitDeployment(address.baseUrl).root : address.baseUrl;
  const [variable] = keys;
  switch (kind) {
    case 'curl':
      return curl(`${baseUrl}/${way.path}`, body, origin, variable);
    case 'typescript':
      return typescript(baseUrl, body, way, variable);
    case 'python':
      return python(baseUrl, body, way, variable);
    default:
      return kind satisfies never;
  }
}

/** How an interface of OpenAI is called. */
interface Way {
  readonly build: WireClient['build'];
  readonly path: string;
  /** The method of the client in both packages, and what its result is called. */
  readonly method: string;
  readonly result: string;
  /** The text of the result, in TypeScript and in Python. */
  readonly text: readonly [typescript: string, python: string];
}

const CHAT: Way = {
  build: buildChatRequest,
  path: 'chat/completions',
  method: 'chat.completions.create',
  result: 'completion',
  text: ['choices[0]?.message.content', 'choices[0].message.content'],
};

const RESPONSES: Way = {
  build: buildResponsesRequest,
  path: 'responses',
  method: 'responses.create',
  result: 'response',
  text: ['output_text', 'output_text'],
};

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

function typescript(
  baseURL: string,
  body: object,
  { method, result, text }: Way,
  variable: string | undefined,
): string {
  const apiKey = variable === undefined ? "'none'" : `process.env.${variable}`;
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${JSON.stringify(baseURL)},
  apiKey: ${apiKey},
});
const ${result} = await client.${method}(${JSON.stringify(body, null, 2)});
console.log(${result}.${text[0]});
`;
}

function python(
  baseUrl: string,
  body: object,
  { method, result, text }: Way,
  variable: string | undefined,
): string {
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
${result} = client.${method}(
${fields.join('')})
print(${result}.${text[1]})
`;
}
