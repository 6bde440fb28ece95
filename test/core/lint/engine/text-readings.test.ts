import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextReadings } from '#core/lint/engine/text-readings.ts';

test('each reading reads a text once', () => {
  const read: string[] = [];
  const words = (text: string): number => {
    read.push(text);
    return text.split(' ').length;
  };
  const length = (text: string): number => text.length;
  const readings = new TextReadings();
  assert.deepEqual([readings.get(words, 'a b'), readings.get(words, 'a b')], [2, 2]);
  assert.equal(readings.get(length, 'a b'), 3);
  assert.deepEqual(read, ['a b']);
});

test('an empty result is cached too', () => {
  let times = 0;
  const nothing = (): undefined => {
    times++;
  };
  const readings = new TextReadings();
  readings.get(nothing, '');
  readings.get(nothing, '');
  assert.equal(times, 1);
});

test('unused results are evicted, used ones are kept', () => {
  const read: string[] = [];
  const reading = (text: string): void => {
    read.push(text.slice(0, 8));
  };
  const readings = new TextReadings();
  readings.get(reading, 'forgotten');
  for (let i = 0; i < 30; i++) {
    readings.get(reading, 'kept');
    readings.get(reading, `${i}`.padEnd(200_000));
  }
  readings.get(reading, 'kept');
  readings.get(reading, 'forgotten');
  assert.equal(read.filter((text) => text === 'kept').length, 1);
  assert.equal(read.filter((text) => text === 'forgotte').length, 2);
});
