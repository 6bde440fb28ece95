import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 optimise a function only after it has run for a while longer. Of what a server runs on a key
 * much is run some dozens of times a session: on Node 20 the optimising compiler took a third of the
 * processor's time for that. Newer engines count otherwise, and have no such flag.
 */
export function optimiseLater(engine: string = process.versions.v8): void {
  if (Number.parseInt(engine, 10) === 11) setFlagsFromString('--interrupt-budget=250000');
}
