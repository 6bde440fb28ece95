/** How the reader of a registry behaves. */
export interface ReaderOptions {
  /** How long an answer is good for, in milliseconds; versions and hashes are for ever. Default 60,000. */
  readonly maxAgeMs?: number;
  /** How long a caller waits for the registry before the last known answer is taken. Default 2,000 ms. */
  readonly timeoutMs?: number;
  /** A file for what was read last: an application that starts while the registry is down goes on with it. */
  readonly lastKnownGood?: string;
  /** Where `${env:NAME}` of the address is looked up. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Hears why an older answer was taken. */
  readonly onProblem?: (error: Error) => void;
}

/** A message as it is sent. */
export interface PromptMessage {
  readonly role: string;
  readonly content: string;
}

/** A published version. */
export interface PublishedPrompt {
  readonly name: string;
  readonly version: string;
  /** The exact file. */
  readonly text: string;
  readonly model: string | null;
  /** `modelParameters`, in the spelling `maxTokens`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly responseFormat: string | null;
  /** The schema behind `responseFormat: json_schema`, as JSON text. */
  readonly jsonSchema: string | null;
  /** True when the registry did not answer and this is what it said before. */
  readonly stale: boolean;
  /** The messages with these values, declared defaults for the rest. Throws when a value is missing. */
  messages(values?: Readonly<Record<string, string | number | boolean>>): PromptMessage[];
}

export interface RegistryReader {
  /**
   * The prompt of a reference: `team/summarize@production`, `@1.4.0`, `@latest`, `@sha256:…`. With a split
   * label the same `key` (a user, a session) always gets the same version. Rejects when there is none and
   * none was read before.
   */
  prompt(reference: string, options?: { readonly key?: string }): Promise<PublishedPrompt>;
  close(): Promise<void>;
}

/** Opens a registry for reading: a folder, or `postgres://user:${env:NAME}@host/database`. */
export function openRegistry(address: string, options?: ReaderOptions): RegistryReader;
