import type { ModelRequest } from '#core/eval/model.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import { UNADAPTED } from '#io/models/adaptation.ts';
import { buildChatRequest } from '#io/models/chat-request.ts';
import { buildMessagesRequest } from '#io/models/messages-request.ts';
import { buildResponsesRequest } from '#io/models/responses-request.ts';

type Body = Readonly<Record<string, unknown>>;

interface Column {
  readonly title: string;
  readonly api: ModelApi;
  build(request: ModelRequest): Body;
}

/** The interfaces, with the function that builds their requests. */
const COLUMNS: readonly Column[] = [
  {
    title: 'Chat Completions',
    api: 'chat',
    build: (request) => buildChatRequest(request, UNADAPTED).body,
  },
  {
    title: 'Responses',
    api: 'responses',
    build: (request) => buildResponsesRequest(request, UNADAPTED).body,
  },
  {
    title: 'Messages',
    api: 'messages',
    build: (request) => buildMessagesRequest(request, UNADAPTED).body,
  },
  {
    title: 'VS Code',
    api: 'vscode',
    build: (request) => {
      const { extra: _, ...sent } = selectSent(request).parameters;
      return { ...sent };
    },
  },
];

/** What a file says, by key, as a request has it. */
const ROWS: readonly (readonly [key: string, more: Partial<ModelRequest>])[] = [
  ['temperature', { parameters: { temperature: 0.5 } }],
  ['topP', { parameters: { topP: 0.5 } }],
  ['maxTokens', { parameters: { maxTokens: 50 } }],
  ['maxCompletionTokens', { parameters: { maxCompletionTokens: 50 } }],
  ['stop', { parameters: { stop: ['END'] } }],
  ['seed', { parameters: { seed: 7 } }],
  ['presencePenalty', { parameters: { presencePenalty: 0.5 } }],
  ['frequencyPenalty', { parameters: { frequencyPenalty: 0.5 } }],
  ['reasoningEffort', { parameters: { reasoningEffort: 'high' } }],
  ['responseFormat: json_object', { responseFormat: 'json_object' }],
  [
    'jsonSchema',
    { responseFormat: 'json_schema', jsonSchema: { name: 'a', schema: { type: 'string' } } },
  ],
  ['extra: {top_k: 40}', { parameters: { extra: { top_k: 40 } } }],
];

/** A model of which nothing is known: every difference between the columns is the interface's. */
function requestOf(api: ModelApi, more: Partial<ModelRequest>): ModelRequest {
  return {
    provider: 'lab',
    origin: 'https://lab.example',
    connection: { api, address: 'https://lab.example/v1' },
    model: 'a-model',
    messages: [],
    parameters: {},
    why: { case: '', repeat: 0, role: 'answer' },
    ...more,
  };
}

/** The table of what is sent for each key, made by building requests with and without it. */
export function parametersTable(): string {
  const rows = ROWS.map(([key, more]) => {
    const cells = COLUMNS.map(({ api, build }) =>
      describe(build(requestOf(api, {})), build(requestOf(api, more))),
    );
    return `| \`${key}\` | ${cells.join(' | ')} |`;
  });
  const titles = COLUMNS.map(({ title }) => title).join(' | ');
  return [`| in the file | ${titles} |`, `|---|${'---|'.repeat(COLUMNS.length)}`, ...rows].join(
    '\n',
  );
}

function describe(without: Body, sent: Body): string {
  const fields = Object.keys(sent).filter(
    (name) => JSON.stringify(sent[name]) !== JSON.stringify(without[name]),
  );
  return fields.length === 0
    ? 'not sent'
    : fields.map((name) => `\`${findPath(name, sent[name])}\``).join(', ');
}

/** A field down to where it has more than one part. */
function findPath(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return name;
  const [only, ...more] = Object.entries(value);
  return only === undefined || more.length > 0 ? name : `${name}.${findPath(...only)}`;
}
