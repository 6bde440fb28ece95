import type {
  Message,
  MessageCreateParamsBase,
  RawMessageStreamEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { COUNTS, type Sample, type SampleInterface, splitText } from './sample-interface.ts';

/** The events of Anthropic's Messages API, in the shapes and the order that its package publishes. */

const USAGE: Usage = {
  cache_creation: null,
  cache_creation_input_tokens: null,
  cache_read_input_tokens: null,
  inference_geo: null,
  input_tokens: 12,
  output_tokens: 5,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'standard',
  speed: null,
};

/** A part of an answer: its text, its thoughts, or a call of a tool with its input as JSON. */
export type Block =
  | { readonly text: string }
  | { readonly thinking: string }
  | { readonly redacted: string }
  | { readonly tool: string; readonly input: string };

export interface Answer {
  readonly blocks?: readonly Block[];
  readonly stop?: Message['stop_reason'];
  readonly usage?: Partial<Usage>;
  readonly explanation?: string;
  readonly model?: string;
}

/** One event as it goes over the wire. */
export function event(type: string, body: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...body })}\n\n`;
}

/** A whole stream: pings between the blocks, texts in parts of four characters. */
export function stream(answer: Answer = {}): string {
  const { blocks = [], usage = {} } = answer;
  const { stop_reason, stop_details, content: _, ...message } = buildMessage(answer);
  const { output_tokens, output_tokens_details, ...input } = { ...USAGE, ...usage };
  const events: RawMessageStreamEvent[] = [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        stop_details: null,
        usage: { ...USAGE, ...input, output_tokens: 1, output_tokens_details: null },
      },
    },
    ...blocks.flatMap(streamBlock),
    {
      type: 'message_delta',
      delta: { container: null, stop_details, stop_reason, stop_sequence: null },
      usage: {
        cache_creation_input_tokens: null,
        cache_read_input_tokens: null,
        input_tokens: null,
        output_tokens,
        output_tokens_details,
        server_tool_use: null,
      },
    },
    { type: 'message_stop' },
  ];
  const [first = '', ...rest] = events.map((one) => event(one.type, one));
  return [first, event('ping'), ...rest].join('');
}

function streamBlock(block: Block, index: number): RawMessageStreamEvent[] {
  const stop = { type: 'content_block_stop', index } as const;
  const start = (content_block: Message['content'][number]) =>
    ({ type: 'content_block_start', index, content_block }) as const;
  const delta = (one: (RawMessageStreamEvent & { type: 'content_block_delta' })['delta']) =>
    ({ type: 'content_block_delta', index, delta: one }) as const;
  if ('text' in block)
    return [
      start({ type: 'text', text: '', citations: null }),
      ...splitText(block.text).map((text) => delta({ type: 'text_delta', text })),
      stop,
    ];
  if ('thinking' in block)
    return [
      start({ type: 'thinking', thinking: '', signature: '' }),
      ...splitText(block.thinking).map((thinking) => delta({ type: 'thinking_delta', thinking })),
      delta({ type: 'signature_delta', signature: 'c2ln' }),
      stop,
    ];
  if ('redacted' in block)
    return [start({ type: 'redacted_thinking', data: block.redacted }), stop];
  return [
    start({ type: 'tool_use', id: `toolu_${index}`, name: block.tool, input: {} } as never),
    ...splitText(block.input).map((partial_json) =>
      delta({ type: 'input_json_delta', partial_json }),
    ),
    stop,
  ];
}

/** The whole answer, as it comes without a stream. */
export function whole(answer: Answer = {}): string {
  return JSON.stringify(buildMessage(answer));
}

function buildMessage({
  blocks = [],
  stop = 'end_turn',
  usage = {},
  explanation,
  model = 'claude-sonnet-4-6-served',
}: Answer): Message {
  const content = blocks.map((block, index) => {
    if ('text' in block) return { type: 'text', text: block.text, citations: null };
    if ('thinking' in block)
      return { type: 'thinking', thinking: block.thinking, signature: 'c2ln' };
    if ('redacted' in block) return { type: 'redacted_thinking', data: block.redacted };
    const input = JSON.parse(block.input);
    return { type: 'tool_use', id: `toolu_${index}`, name: block.tool, input };
  });
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: content as Message['content'],
    container: null,
    diagnostics: null,
    stop_reason: stop,
    stop_details:
      explanation === undefined
        ? null
        : { type: 'refusal', category: 'general_harms', explanation },
    stop_sequence: null,
    usage: { ...USAGE, ...usage },
  };
}

/** The body of an error, and of an event `error`. */
export function error(type: string, message: string, error_code?: string): object {
  const details = error_code === undefined ? null : { error_code };
  return { type: 'error', error: { type, message, details }, request_id: 'req_1' };
}

const MODEL = 'claude-opus-4-6';

const STOPS = {
  stop: 'end_turn',
  length: 'max_tokens',
  'content-filter': 'refusal',
  tool: 'tool_use',
} as const;

const { cachedInput = 0, reasoning = 0 } = COUNTS;

function toAnswer({ text, thoughts, tool, refusal, end }: Sample): Answer {
  return {
    blocks: [
      ...(thoughts === undefined ? [] : [{ thinking: thoughts }]),
      ...(text === undefined ? [] : [{ text }]),
      ...(tool ? [{ tool: tool.name, input: tool.input }] : []),
    ],
    stop: STOPS[end ?? (tool ? 'tool' : 'stop')],
    model: `${MODEL}-served`,
    usage: {
      input_tokens: COUNTS.input - cachedInput,
      cache_read_input_tokens: cachedInput,
      output_tokens: COUNTS.output,
      output_tokens_details: { thinking_tokens: reasoning },
    },
    ...(refusal === undefined ? {} : { explanation: refusal }),
  };
}

const ERRORS = {
  server: 'api_error',
  'rate-limit': 'rate_limit_error',
  'bad-request': 'invalid_request_error',
} as const;

/** The package’s type, which has lost what the later version of the interface refuses. */
type MessagesBody = MessageCreateParamsBase & { readonly temperature?: number };

/** Anthropic's Messages API. */
export const messagesInterface: SampleInterface = {
  api: 'messages',
  model: MODEL,
  path: '/v1/messages',
  keyHeader: ['x-api-key', ''],
  stream: (sample) => stream(toAnswer(sample)),
  lastWord: '"stop_reason":"end_turn"',
  whole: (sample) => whole(toAnswer(sample)),
  error: (kind, message) => error(ERRORS[kind], message),
  streamError: (message) => event('error', error(ERRORS.server, message)),
  beginning: (text) => stream(toAnswer({ text })).split('event: content_block_stop')[0] ?? '',
  resetHeaders: (now) => ({
    'anthropic-ratelimit-requests-remaining': '10',
    'anthropic-ratelimit-requests-reset': new Date(now + 300_000).toISOString(),
    'anthropic-ratelimit-tokens-remaining': '0',
    'anthropic-ratelimit-tokens-reset': new Date(now + 90_000).toISOString(),
  }),
  read(received) {
    const body = received as unknown as MessagesBody;
    return {
      system: String(body.system ?? ''),
      turns: body.messages.map(({ role, content }) => [role, String(content)]),
      stream: body.stream ?? false,
      limit: body.max_tokens,
      effort: body.output_config?.effort,
      temperature: body.temperature,
      schema: body.output_config?.format?.schema,
    };
  },
};
