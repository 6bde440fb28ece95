import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from letting its young generation grow. A server that parses on every key makes much garbage
 * that lives for some milliseconds: collecting it a little more often costs less than holding on to
 * twelve megabytes for it. To be called once, before there is work.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** A text of this many UTF-16 units leaves so much alive between two keys that copying it costs more than room. */
const LARGE_TEXT = 100_000;

/** Lets the young generation grow after all when a large text is worked on; to be told of every text. */
export function makeRoomFor(text: string): void {
  if (text.length >= LARGE_TEXT) setFlagsFromString('--semi-space-growth-factor=2');
}

/**
 * Has V8 collect garbage before the heap has grown by a third: a run makes much of it and keeps little, and
 * by itself V8 holds on to four times what lives. To be called once, before there is work; it holds for the
 * whole process.
 */
export function keepHeapSmall(): void {
  keepYoungGenerationSmall();
  setFlagsFromString('--heap-growing-percent=30');
}
