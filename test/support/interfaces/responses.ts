import type {
  Response,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseStreamEvent,
  ResponseUsage,
} from 'openai/resources/responses/responses';
import { COUNTS, type Sample, type SampleInterface, splitText } from './sample-interface.ts';

const MODEL = 'o3-pro';

const USAGE: ResponseUsage = {
  input_tokens: COUNTS.input,
  input_tokens_details: { cached_tokens: COUNTS.cachedInput ?? 0, cache_write_tokens: 0 },
  output_tokens: COUNTS.output,
  output_tokens_details: { reasoning_tokens: COUNTS.reasoning ?? 0 },
  total_tokens: COUNTS.input + COUNTS.output,
};

/** An event without its number, which `writeStream` adds. */
type Unnumbered<E> = E extends unknown ? Omit<E, 'sequence_number'> : never;
type Event = Unnumbered<ResponseStreamEvent>;

/** Events as they go over the wire. */
function writeStream(events: readonly Event[]): string {
  return events
    .map((event, i) => {
      const data = JSON.stringify({ ...event, sequence_number: i });
      return `event: ${event.type}\ndata: ${data}\n\n`;
    })
    .join('');
}

function buildResponse(more: Partial<Response>): Response {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: `${MODEL}-served`,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: 'medium', summary: null },
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    metadata: {},
    ...more,
    // `output_text` is the package's own and `access_programs` comes with one product only.
  } as Response;
}

function buildMessage(
  part: ResponseOutputMessage['content'][number] | null,
  status: ResponseOutputMessage['status'],
): ResponseOutputMessage {
  return { id: 'msg_1', type: 'message', role: 'assistant', status, content: part ? [part] : [] };
}

function listItems({ text, thoughts, tool, refusal, end }: Sample): ResponseOutputItem[] {
  const status = end === 'length' || end === 'content-filter' ? 'incomplete' : 'completed';
  return [
    ...(thoughts === undefined
      ? []
      : [
          {
            id: 'rs_1',
            type: 'reasoning' as const,
            summary: [{ type: 'summary_text' as const, text: thoughts }],
          },
        ]),
    ...(text === undefined
      ? []
      : [buildMessage({ type: 'output_text', text, annotations: [], logprobs: [] }, status)]),
    ...(refusal === undefined ? [] : [buildMessage({ type: 'refusal', refusal }, status)]),
    ...(tool
      ? [
          {
            id: 'fc_1',
            type: 'function_call' as const,
            call_id: 'call_1',
            name: tool.name,
            arguments: tool.input,
            status: 'completed' as const,
          },
        ]
      : []),
  ];
}

/** The answer when it is complete, or cut off. */
function endResponse(sample: Sample): Response {
  const isCut = sample.end === 'length' || sample.end === 'content-filter';
  const reason = sample.end === 'length' ? 'max_output_tokens' : 'content_filter';
  return buildResponse({
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason } : null,
    output: listItems(sample),
    usage: USAGE,
  });
}

function streamItem(item: ResponseOutputItem, output_index: number): Event[] {
  const added = (one: ResponseOutputItem): Event => ({
    type: 'response.output_item.added',
    output_index,
    item: one,
  });
  const done: Event = { type: 'response.output_item.done', output_index, item };
  switch (item.type) {
    case 'reasoning': {
      const [{ text = '' } = {}] = item.summary;
      const at = { item_id: item.id, output_index, summary_index: 0 };
      const part = { type: 'summary_text' as const, text };
      return [
        added({ ...item, summary: [] }),
        {
          type: 'response.reasoning_summary_part.added',
          ...at,
          part: { type: 'summary_text', text: '' },
        },
        ...splitText(text).map(
          (delta): Event => ({ type: 'response.reasoning_summary_text.delta', ...at, delta }),
        ),
        { type: 'response.reasoning_summary_text.done', ...at, text },
        { type: 'response.reasoning_summary_part.done', ...at, part },
        done,
      ];
    }
    case 'message': {
      const [part] = item.content;
      if (!part) return [added(item), done];
      const at = { item_id: item.id, output_index, content_index: 0 };
      const middle: Event[] =
        part.type === 'output_text'
          ? [
              ...splitText(part.text).map(
                (delta): Event => ({
                  type: 'response.output_text.delta',
                  ...at,
                  delta,
                  logprobs: [],
                }),
              ),
              { type: 'response.output_text.done', ...at, text: part.text, logprobs: [] },
            ]
          : [
              ...splitText(part.refusal).map(
                (delta): Event => ({ type: 'response.refusal.delta', ...at, delta }),
              ),
              { type: 'response.refusal.done', ...at, refusal: part.refusal },
            ];
      const empty = part.type === 'output_text' ? { ...part, text: '' } : { ...part, refusal: '' };
      return [
        added(buildMessage(null, 'in_progress')),
        { type: 'response.content_part.added', ...at, part: empty },
        ...middle,
        { type: 'response.content_part.done', ...at, part },
        done,
      ];
    }
    case 'function_call': {
      const at = { item_id: item.id ?? '', output_index };
      return [
        added({ ...item, arguments: '', status: 'in_progress' }),
        ...splitText(item.arguments).map(
          (delta): Event => ({ type: 'response.function_call_arguments.delta', ...at, delta }),
        ),
        {
          type: 'response.function_call_arguments.done',
          ...at,
          arguments: item.arguments,
        },
        done,
      ];
    }
    default:
      throw new Error(`no sample has an item of type ${item.type}`);
  }
}

const BEGIN: readonly Event[] = [
  { type: 'response.created', response: buildResponse({}) },
  { type: 'response.in_progress', response: buildResponse({}) },
];

function stream(sample: Sample): string {
  const response = endResponse(sample);
  const type = response.status === 'completed' ? 'response.completed' : 'response.incomplete';
  const items = listItems(sample).flatMap(streamItem);
  return writeStream([...BEGIN, ...items, { type, response }]);
}

const ERRORS = {
  server: { type: 'server_error', code: 'server_error', param: null },
  'rate-limit': { type: 'tokens', code: 'rate_limit_exceeded', param: null },
  'bad-request': { type: 'invalid_request_error', code: 'invalid_value', param: null },
} as const;

interface ResponsesBody {
  readonly instructions?: string;
  readonly input: readonly {
    readonly role: string;
    readonly content: string | readonly { readonly type: string; readonly text: string }[];
  }[];
  readonly stream?: boolean;
  readonly reasoning?: { readonly effort?: unknown };
  readonly text?: { readonly format?: { readonly schema?: unknown } };
  readonly [key: string]: unknown;
}

/** OpenAI's Responses API. */
export const responsesInterface: SampleInterface = {
  api: 'responses',
  model: MODEL,
  path: '/v1/responses',
  keyHeader: ['authorization', 'Bearer '],
  stream,
  lastWord: 'event: response.completed',
  whole: (sample) => JSON.stringify(endResponse(sample)),
  error: (kind, message) => ({ error: { message, ...ERRORS[kind] } }),
  streamError: (message) =>
    writeStream([{ type: 'error', code: 'server_error', message, param: null }]),
  beginning: (text) =>
    writeStream([...BEGIN, ...listItems({ text }).flatMap(streamItem).slice(0, -3)]),
  resetHeaders: () => ({
    'x-ratelimit-remaining-tokens': '0',
    'x-ratelimit-reset-tokens': '1m30s',
  }),
  read(received) {
    const body = received as unknown as ResponsesBody;
    const textOf = ({ content }: ResponsesBody['input'][number]): string =>
      typeof content === 'string' ? content : content.map(({ text }) => text).join('');
    const system = body.input.find(({ role }) => role === 'system' || role === 'developer');
    return {
      system: body.instructions ?? (system ? textOf(system) : ''),
      turns: body.input.filter((item) => item !== system).map((item) => [item.role, textOf(item)]),
      stream: body.stream ?? false,
      limit: body.max_output_tokens,
      effort: body.reasoning?.effort,
      temperature: body.temperature,
      schema: body.text?.format?.schema,
    };
  },
};
