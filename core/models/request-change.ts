import type { ParameterName } from '../prompt/document.ts';

/** A part of a prompt that is not sent as it stands. */
export interface RequestChange {
  /** The key in the prompt file. */
  readonly key: ParameterName | 'responseFormat' | 'jsonSchema' | 'role' | 'messages';
  readonly effect: 'left-out' | 'renamed' | 'translated';
  /** One clause in lower case without a period: why, and what is sent instead. */
  readonly reason: string;
}
