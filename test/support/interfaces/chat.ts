import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { COUNTS, type Sample, type SampleInterface, splitText } from './sample-interface.ts';

const MODEL = 'o3-mini';

const USAGE: CompletionUsage = {
  prompt_tokens: COUNTS.input,
  completion_tokens: COUNTS.output,
  total_tokens: COUNTS.input + COUNTS.output,
  prompt_tokens_details: { cached_tokens: COUNTS.cachedInput ?? 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: COUNTS.reasoning ?? 0, audio_tokens: 0 },
};

const ENDS = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  tool: 'tool_calls',
} as const;

function event(body: object): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}

function chunk(
  choices: ChatCompletionChunk.Choice[],
  usage: CompletionUsage | null = null,
): string {
  const body: ChatCompletionChunk = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: `${MODEL}-served`,
    choices,
    usage,
  };
  return event(body);
}

function delta(
  one: ChatCompletionChunk.Choice.Delta & { reasoning_content?: string },
  finish_reason: ChatCompletionChunk.Choice['finish_reason'] = null,
): string {
  return chunk([{ index: 0, delta: one, finish_reason }]);
}

function findEnd({ tool, end }: Sample) {
  return ENDS[end ?? (tool ? 'tool' : 'stop')];
}

function stream(sample: Sample): string {
  const { text = '', thoughts = '', tool, refusal = '' } = sample;
  const call = (one: ChatCompletionChunk.Choice.Delta.ToolCall) => delta({ tool_calls: [one] });
  return [
    delta({ role: 'assistant', content: '' }),
    // Not OpenAI's own, which hide it: vLLM, DeepSeek and others send thoughts this way.
    ...splitText(thoughts).map((part) => delta({ reasoning_content: part })),
    ...splitText(text).map((content) => delta({ content })),
    ...splitText(refusal).map((part) => delta({ refusal: part })),
    ...(tool
      ? [
          call({ index: 0, id: 'call_1', type: 'function', function: { name: tool.name } }),
          ...splitText(tool.input).map((part) => call({ index: 0, function: { arguments: part } })),
        ]
      : []),
    delta({}, findEnd(sample)),
    chunk([], USAGE),
    'data: [DONE]\n\n',
  ].join('');
}

function whole(sample: Sample): string {
  const { text = null, thoughts, tool, refusal = null } = sample;
  const call = tool && { name: tool.name, arguments: tool.input };
  const message: ChatCompletion.Choice['message'] = {
    role: 'assistant',
    content: text,
    refusal,
    ...(thoughts === undefined ? {} : { reasoning_content: thoughts }),
    ...(call ? { tool_calls: [{ id: 'call_1', type: 'function', function: call }] } : {}),
  };
  const body: ChatCompletion = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: `${MODEL}-served`,
    choices: [{ index: 0, message, finish_reason: findEnd(sample), logprobs: null }],
    usage: USAGE,
  };
  return JSON.stringify(body);
}

const ERRORS = {
  server: { type: 'server_error', code: 'server_error', param: null },
  'rate-limit': { type: 'tokens', code: 'rate_limit_exceeded', param: null },
  'bad-request': { type: 'invalid_request_error', code: 'invalid_value', param: null },
} as const;

interface ChatBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly [key: string]: unknown;
}

/** OpenAI's Chat Completions. */
export const chatInterface: SampleInterface = {
  api: 'chat',
  model: MODEL,
  path: '/v1/chat/completions',
  keyHeader: ['authorization', 'Bearer '],
  stream,
  lastWord: '"finish_reason":"stop"',
  whole,
  error: (kind, message) => ({ error: { message, ...ERRORS[kind] } }),
  streamError: (message) => event({ error: { message, ...ERRORS.server } }),
  beginning: (text) =>
    splitText(text)
      .map((content) => delta({ content }))
      .join(''),
  resetHeaders: () => ({
    'x-ratelimit-remaining-tokens': '0',
    'x-ratelimit-reset-tokens': '1m30s',
  }),
  read(received) {
    const body = received as ChatBody;
    const format = body.response_format as { json_schema?: { schema?: unknown } } | undefined;
    return {
      system: body.messages.find(({ role }) => role === 'system')?.content ?? '',
      turns: body.messages
        .filter(({ role }) => role !== 'system')
        .map(({ role, content }) => [role, content]),
      stream: body.stream ?? false,
      limit: body.max_completion_tokens,
      effort: body.reasoning_effort,
      temperature: body.temperature,
      schema: format?.json_schema?.schema,
    };
  },
};
