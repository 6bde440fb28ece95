import type { Mutant } from './mutant.ts';

const answers = 'test/io/models/messages.test.ts';
const requests = 'test/io/models/messages-request.test.ts';
const every = 'test/io/models/interfaces.test.ts';

const odd = 'test/io/models/interfaces-odd.test.ts';

/** Guards of Anthropic's Messages API. */
export const messagesMutants: readonly Mutant[] = [
  {
    file: 'io/models/providers.ts',
    guards: 'the key of the Messages API goes into its own header',
    find: "api === 'messages' && ",
    replace: 'false && ',
    test: answers,
  },
  {
    file: 'io/models/answer-stream.ts',
    guards: 'an answer that fills its limit is cut',
    find: "return isFull && reason === 'stop' ? 'length' : reason;",
    replace: 'return isFull && false ? null : reason;',
    test: odd,
  },
  {
    file: 'io/models/anthropic-client.ts',
    guards:
      'the version of the interface is ours, not the package’s, whose version refuses temperature',
    find: "    defaultHeaders: { 'anthropic-version': MESSAGES_VERSION },\n",
    replace: '',
    test: answers,
  },
  {
    file: 'io/models/anthropic-client.ts',
    guards: 'the package does not ask again by itself: retries are the runner’s',
    find: '    maxRetries: 0,\n',
    replace: '',
    test: answers,
  },
  {
    file: 'io/models/messages.ts',
    guards: 'thoughts and tool calls are no text',
    find: "if (type !== 'text' && type !== 'text_delta') return '';",
    replace: "if (typeof text !== 'string') return JSON.stringify(block ?? '');",
    test: every,
  },
  {
    file: 'io/models/messages.ts',
    guards: 'the first token of a stream is not taken for the count of all',
    find: 'this.#isCounted ? readMessagesUsage',
    replace: 'true ? readMessagesUsage',
    test: answers,
  },
  {
    file: 'io/models/messages-usage.ts',
    guards: 'tokens of the cache are part of the input',
    find: 'input: fresh + cachedInput + cacheWrite,',
    replace: 'input: fresh,',
    test: answers,
  },
  {
    file: 'io/models/messages-request.ts',
    guards: 'added fields replace nothing of ours',
    find: '      ...Object.fromEntries(given),\n    },',
    replace: '    },',
    test: requests,
  },
  {
    file: 'io/models/messages-request.ts',
    guards: 'the output limit keeps its name',
    find: '    renamesLimit: false,\n',
    replace: '',
    test: requests,
  },
  {
    file: 'io/models/remote-model.ts',
    guards: 'a refused call is not sent again for token counts that were not asked for',
    find: "asksUsage: api === 'chat'",
    replace: 'asksUsage: true',
    test: answers,
  },
  {
    file: 'io/models/read-answer-body.ts',
    guards: 'the connection is kept after the last word of a stream',
    find: '|\\{"type": ?"message_stop"[^\\r\\n]*[\\r\\n]*)$/',
    replace: ')$/',
    test: answers,
  },
  {
    file: 'core/models/select-for-messages.ts',
    guards: 'a changed schema is said',
    find: 'closeObjects(schema) === schema',
    replace: 'true',
    test: 'test/core/models/select-for-messages.test.ts',
  },
  {
    file: 'core/models/close-objects.ts',
    guards: 'data in a schema is not changed',
    find: '  if (DATA.has(key)) return value;\n',
    replace: '',
    test: 'test/core/models/close-objects.test.ts',
  },
  {
    file: 'app/models/list-models.ts',
    guards: 'a list without an end is left',
    find: ' && last_id !== before',
    replace: '',
    test: 'test/app/models/list-models.test.ts',
  },
];
