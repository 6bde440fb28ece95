import type { Phase } from '../playground/messages.ts';

/** What the page shows for each phase of an answer. */
export const PHASES: Readonly<Record<Phase, string>> = {
  waiting: 'waiting for the first token',
  streaming: 'streaming',
  done: 'complete',
  stopped: 'stopped',
  failed: 'failed',
};
