import { setFlagsFromString } from 'node:v8';
import { keepYoungGenerationSmall } from './young-generation.ts';

/**
 * Has V8 collect garbage before the heap has grown by a third: a run makes much of it and keeps little, and
 * by itself V8 holds on to four times what lives. To be called once, before there is work; it holds for the
 * whole process.
 */
export function keepHeapSmall(): void {
  keepYoungGenerationSmall();
  setFlagsFromString('--heap-growing-percent=30');
}
