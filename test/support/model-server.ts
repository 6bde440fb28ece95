import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request was. */
export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly stream?: boolean;
    readonly [key: string]: unknown;
  };
}

/** How a request is answered. */
export type Reply =
  | {
      readonly kind: 'stream';
      readonly text: string;
      readonly finish?: string;
      readonly usage?: object | null;
      readonly delta?: object;
    }
  /** A long answer in parts of `size` characters, as fast as they are taken. */
  | { readonly kind: 'chunks'; readonly text: string; readonly size: number }
  /** One JSON object although a stream was asked for. */
  | { readonly kind: 'whole'; readonly text: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Part of an answer, then the connection is cut (`hard`) or ends as if it were whole. */
  | { readonly kind: 'cut'; readonly text: string; readonly hard: boolean }
  /** Part of an answer, then silence. */
  | { readonly kind: 'silence'; readonly text: string }
  /** Bytes as they are. */
  | { readonly kind: 'raw'; readonly text: string | Uint8Array; readonly type?: string }
  /** Bytes of a stream as they are; then it ends, the connection breaks, or nothing more comes. */
  | {
      readonly kind: 'bytes';
      readonly bytes: string | Uint8Array;
      readonly after: 'end' | 'break' | 'silence';
    }
  /** Bytes as they are, so many at a time. */
  | { readonly kind: 'pieces'; readonly bytes: Uint8Array; readonly size: number }
  /** No answer at all. */
  | { readonly kind: 'nothing' };

export interface ModelServer {
  readonly origin: string;
  readonly baseUrl: string;
  readonly requests: Received[];
  /** Connections made so far. */
  connections(): number;
  /** Requests whose client went away before the answer was complete. */
  aborted(): number;
  close(): Promise<void>;
}

/** An OpenAI-compatible server on loopback that answers as `reply` says, and can fail in every way. */
export async function modelServer(
  reply: (request: Received, n: number) => Reply | Promise<Reply>,
): Promise<ModelServer> {
  const requests: Received[] = [];
  let connections = 0;
  let aborted = 0;
  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('close', () => {
      if (!response.writableFinished) aborted++;
    });
    message.on('end', async () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
      const received = { path: message.url ?? '', headers: message.headers, body };
      requests.push(received);
      send(response, await reply(received, requests.length), body.model);
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    requests,
    connections: () => connections,
    aborted: () => aborted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const USAGE = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };

function send(response: http.ServerResponse, reply: Reply, model: string): void {
  const event = (choices: unknown[], more = {}): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: `${model}-served`, choices, ...more })}\n\n`;
  const part = (content: string): string =>
    event([{ index: 0, delta: { content }, finish_reason: null }]);
  const parts = (text: string): string => (text.match(/.{1,4}/gsu) ?? []).map(part).join('');
  const begin = (): void => void response.writeHead(200, { 'content-type': 'text/event-stream' });
  switch (reply.kind) {
    case 'stream': {
      const { text, finish = 'stop', usage = USAGE, delta = {} } = reply;
      begin();
      response.write(parts(text));
      response.write(event([{ index: 0, delta, finish_reason: finish }]));
      if (usage) response.write(event([], { usage }));
      response.end('data: [DONE]\n\n');
      return;
    }
    case 'chunks': {
      const { text, size } = reply;
      begin();
      for (let at = 0; at < text.length; at += size)
        response.write(part(text.slice(at, at + size)));
      response.write(event([{ index: 0, delta: {}, finish_reason: 'stop' }]));
      response.end('data: [DONE]\n\n');
      return;
    }
    case 'whole': {
      const message = { role: 'assistant', content: reply.text };
      const choices = [{ index: 0, message, finish_reason: 'stop' }];
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ id: 'c', model: `${model}-served`, choices, usage: USAGE }, null, 2),
      );
      return;
    }
    case 'status': {
      const { status, body = {}, headers = {} } = reply;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return;
    }
    case 'cut':
      begin();
      response.write(parts(reply.text), () => (reply.hard ? response.destroy() : response.end()));
      return;
    case 'silence':
      begin();
      response.write(parts(reply.text));
      return;
    case 'raw':
      response.writeHead(200, { 'content-type': reply.type ?? 'text/event-stream' });
      response.end(reply.text);
      return;
    case 'bytes':
      begin();
      response.write(reply.bytes, () => {
        if (reply.after === 'end') response.end();
        else if (reply.after === 'break') response.destroy();
      });
      return;
    case 'pieces':
      begin();
      void inPieces(response, reply.bytes, reply.size);
      return;
    case 'nothing':
      return;
    default:
      reply satisfies never;
  }
}

async function inPieces(
  response: http.ServerResponse,
  bytes: Uint8Array,
  size: number,
): Promise<void> {
  response.socket?.setNoDelay(true);
  for (let at = 0; at < bytes.length; at += size) {
    await new Promise((resolve) => response.write(bytes.subarray(at, at + size), resolve));
    // Else the pieces would leave as one.
    await new Promise(setImmediate);
  }
  response.end();
}
