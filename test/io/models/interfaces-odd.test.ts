import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { INTERFACES } from '../../support/interfaces/interfaces.ts';
import {
  COUNTS,
  type Sample,
  type SampleInterface,
} from '../../support/interfaces/sample-interface.ts';
import { ask, KEY, opened, requestTo, serve } from '../../support/model-calls.ts';
import type { Reply } from '../../support/model-server.ts';

const SAMPLE: Sample = { text: 'Hi', thoughts: 'Hm', tool: { name: 'find', input: '{}' } };

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Every copy of a value in which one part of it is another. */
function* vary(value: Value, other: Value): Generator<Value> {
  yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy: Record<string, Value> | Value[] = Array.isArray(value) ? [...value] : { ...value };
    const at = copy as Record<string, Value>;
    for (const varied of vary(at[key] as Value, other)) {
      at[key] = varied;
      yield structuredClone(copy);
    }
  }
}

/** Every stream in which one part of one event is another. */
function listStreams(stream: string, other: Value): string[] {
  const events = stream.split(/(?<=\n\n)/);
  const kinds = new Set<string>();
  return events.flatMap((event, i) => {
    const data = /^data: (\{.*\})$/m.exec(event)?.[1];
    if (data === undefined) return [];
    const value: Value = JSON.parse(data);
    // The parts of a text are alike.
    const kind = JSON.stringify(value, (_, inner) => (typeof inner === 'object' ? inner : 0));
    if (kinds.has(kind)) return [];
    kinds.add(kind);
    return [...vary(value, other)].map((varied) =>
      [
        ...events.slice(0, i),
        event.replace(data, () => JSON.stringify(varied)),
        ...events.slice(i + 1),
      ].join(''),
    );
  });
}

/** Everything that calls yield to which a server replies with these, one after the other. */
async function answer(one: SampleInterface, replies: readonly Reply[]): Promise<ModelPart[][]> {
  const server = await serve(...replies);
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: KEY }));
  opened.push(model);
  const connection = { api: one.api, address: '' };
  const request = requestTo(server, { model: one.model, connection });
  const all: ModelPart[][] = [];
  for (const _ of replies) {
    const parts: ModelPart[] = [];
    for await (const part of model.complete(request, new AbortController().signal))
      parts.push(part);
    all.push(parts);
  }
  assert.equal(server.requests.length, replies.length);
  return all;
}

const OTHERS: readonly Value[] = [null, 7, 'x', [], {}];

for (const one of INTERFACES) {
  for (const other of OTHERS)
    test(`${one.api}: any part of an answer may be ${JSON.stringify(other)}: it ends once, and no thought is text`, async () => {
      const streams = listStreams(one.stream(SAMPLE), other).map(
        (text): Reply => ({ kind: 'raw', text }),
      );
      const wholes = [...vary(JSON.parse(one.whole(SAMPLE)), other)].map(
        (value): Reply => ({ kind: 'raw', text: JSON.stringify(value), type: 'application/json' }),
      );
      const replies = [...streams, ...wholes];
      assert.ok(replies.length > 50);
      const all = await answer(one, replies);
      for (const [i, parts] of all.entries()) {
        const reply = JSON.stringify(replies[i]);
        assert.equal(parts.filter(({ kind }) => kind !== 'text').length, 1, reply);
        assert.notEqual(parts.at(-1)?.kind, 'text', reply);
        const last = parts.at(-1);
        if (last?.kind === 'end') {
          assert.equal(typeof last.answer.text, 'string', reply);
          assert.doesNotMatch(last.answer.text, /Hm/, reply);
        }
      }
    });

  test(`${one.api}: a key that a server says back in any place is nowhere`, async () => {
    const replies = listStreams(one.stream(SAMPLE), KEY).map(
      (text): Reply => ({ kind: 'raw', text }),
    );
    const all = await answer(one, replies);
    for (const [i, parts] of all.entries())
      assert.ok(!JSON.stringify(parts).includes(KEY), JSON.stringify([replies[i], parts]));
  });
}

test('an answer that fills its limit is cut, also where a Responses API calls it complete', async () => {
  for (const { api, model, stream } of INTERFACES) {
    for (const room of [0, 1]) {
      const server = await serve({ kind: 'raw', text: stream({ text: 'Once upon' }) });
      const connection = { api, address: '' };
      const parameters = { maxCompletionTokens: COUNTS.output + room };
      const last = (await ask(server, { model, connection, parameters })).at(-1);
      const reason = api === 'responses' && room === 0 ? 'length' : 'stop';
      assert.equal(last?.kind === 'end' && last.answer.finishReason, reason, `${api} ${room}`);
    }
  }
});
