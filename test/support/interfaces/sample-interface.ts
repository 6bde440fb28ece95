import type { FinishReason, Usage } from '#core/eval/model.ts';
import type { ModelApi } from '#core/models/model-api.ts';
import type { Received } from '../model-server.ts';

/** What a server answers, whatever the interface. */
export interface Sample {
  readonly text?: string;
  /** What the model thinks before it answers. */
  readonly thoughts?: string;
  /** A call of a tool, with its arguments as JSON. */
  readonly tool?: { readonly name: string; readonly input: string };
  /** The words with which the model refuses. */
  readonly refusal?: string;
  /** `length`: the answer reached its limit. */
  readonly end?: Exclude<FinishReason, 'other'>;
}

/** The token counts of every answer; the interfaces spell them in their own ways. */
export const COUNTS: Usage = { input: 20, output: 9, cachedInput: 8, reasoning: 4 };

/** What a request says, read from its body. */
export interface ReadRequest {
  readonly system: string;
  readonly turns: readonly (readonly [role: string, text: string])[];
  readonly stream: boolean;
  readonly limit: unknown;
  readonly effort: unknown;
  readonly temperature: unknown;
  /** The JSON schema that the answer must follow. */
  readonly schema: unknown;
}

/** A server of one interface, from the types that its package publishes. */
export interface SampleInterface {
  readonly api: ModelApi;
  /** A model that reasons, and takes an effort. */
  readonly model: string;
  readonly path: string;
  /** The header with the key, and what stands before the key. */
  readonly keyHeader: readonly [name: string, prefix: string];
  /** The bytes of a stream with this answer. */
  stream(sample: Sample): string;
  /** Part of the event that says how an answer ended. */
  readonly lastWord: string;
  /** The body of an answer that comes as a whole. */
  whole(sample: Sample): string;
  /** The body of a failed call. */
  error(kind: 'server' | 'rate-limit' | 'bad-request', message: string): object;
  /** The event that ends a stream with an error. */
  streamError(message: string): string;
  /** The beginning of a stream, with this text. */
  beginning(text: string): string;
  /** Headers that say when a used-up limit is free again: in 90 seconds. */
  resetHeaders(now: number): Record<string, string>;
  read(body: Received['body']): ReadRequest;
}

/** A text in parts of four characters. */
export function splitText(text: string): string[] {
  return text.match(/.{1,4}/gsu) ?? [];
}
