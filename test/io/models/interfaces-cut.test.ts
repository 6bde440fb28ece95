import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { INTERFACES } from '../../support/interfaces/interfaces.ts';
import type { SampleInterface } from '../../support/interfaces/sample-interface.ts';
import { opened, requestTo, serve } from '../../support/model-calls.ts';
import type { Reply } from '../../support/model-server.ts';

const TEXT = 'Hé 世';

/** How many bytes one test cuts at: each cut is a call and a broken connection. */
const CUTS = 200;

for (const one of INTERFACES) {
  const { length } = Buffer.from(one.stream({ text: TEXT }));
  for (let from = 0; from <= length; from += CUTS) {
    const to = Math.min(length, from + CUTS - 1);
    const name = `${one.api}: a stream that ends or breaks after ${from} to ${to} of ${length} bytes`;
    test(`${name} is an answer only if its end has come`, () => cutBetween(one, from, to));
  }
}

async function cutBetween(one: SampleInterface, from: number, to: number): Promise<void> {
  const bytes = Buffer.from(one.stream({ text: TEXT }));
  const end = bytes.indexOf('\n\n', bytes.indexOf(one.lastWord)) + 2;
  assert.ok(end > one.lastWord.length);
  // A server that breaks off may lose what it sent before.
  const cuts = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const breaks = (cut: number) => cut % 5 === 0 && cut < bytes.length;
  const server = await serve(
    ...cuts.map(
      (cut): Reply => ({
        kind: 'bytes',
        bytes: bytes.subarray(0, cut),
        after: breaks(cut) ? 'break' : 'end',
      }),
    ),
  );
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null }));
  opened.push(model);
  const connection = { api: one.api, address: '' };
  const request = requestTo(server, { model: one.model, connection });
  for (const cut of cuts) {
    const parts: ModelPart[] = [];
    // One after the other: the server gives its replies in turn.
    for await (const part of model.complete(request, new AbortController().signal))
      parts.push(part);
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    assert.ok(TEXT.startsWith(text), `${cut}: ${text}`);
    assert.equal(parts.filter(({ kind }) => kind !== 'text').length, 1);
    const last = parts.at(-1);
    if (last?.kind === 'end') {
      assert.ok(cut >= end, `${cut}`);
      assert.deepEqual([last.answer.text, last.answer.finishReason], [TEXT, 'stop'], `${cut}`);
    } else {
      assert.equal(last?.kind === 'error' && last.error.kind, 'network', `${cut}`);
      assert.ok(breaks(cut) || cut < end, `the answer is whole after ${cut} bytes`);
    }
  }
}
