import type { Hashes } from '../eval/hashes.ts';
import type { CaseSummary, Summary } from '../eval/report/summary.ts';
import type { Hash } from '../hash.ts';
import type { Bump } from './change.ts';

/** A file of a bundle: its path from the project root, and the hash of its bytes. */
export interface BundledFile {
  readonly path: string;
  readonly sha256: Hash;
}

/** A published version; immutable. Its form on disk is in docs/internals.md. */
export interface VersionRecord {
  readonly v: 1;
  readonly version: string;
  /** The version it is based on; null for the first. */
  readonly parent: string | null;
  readonly hashes: Hashes;
  readonly files: readonly BundledFile[];
  readonly author: string;
  /** ISO 8601, UTC; never before the parent's. */
  readonly at: string;
  /** The changelog line. */
  readonly change: string;
  readonly bump: { readonly suggested: Bump | 'none'; readonly reasons: readonly string[] };
}

/** One move of a label to a version; immutable, the last one applies. Its form on disk is in docs/internals.md. */
export interface LabelMove {
  readonly v: 1;
  readonly version: string;
  /** Percent of the calls that go to other versions; the rest goes to `version`. */
  readonly split?: Readonly<Record<string, number>>;
  /** The version it pointed to before. */
  readonly from: string | null;
  readonly by: string;
  readonly at: string;
  readonly why: string;
  /** The run that the gate judged. */
  readonly eval?: string;
  readonly approvedBy?: readonly string[];
  /** The reason for overriding the gate. */
  readonly override?: string;
  readonly rollback?: boolean;
}

/** The current state of a label: its `n`-th move. */
export interface LabelState extends LabelMove {
  readonly label: string;
  /** Counts from 1. */
  readonly n: number;
}

/** An eval run that was attached to a version: the output of `eval --format json`. */
export interface AttachedEval extends Summary {
  readonly cases: readonly CaseSummary[];
}

/** The whole content of a version. */
export interface Bundle {
  /** The prompt file. */
  readonly text: string;
  /** Test files and run settings, in the order of the record. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** A prompt as a list shows it. */
export interface RegisteredPrompt {
  readonly name: string;
  readonly labels: readonly LabelState[];
  /** Why it cannot be read completely. */
  readonly problem?: string;
}

/** A change to the registry by somebody else. */
export interface RegistryEvent {
  readonly name: string;
  readonly what: 'version' | 'label' | 'eval';
  /** The version, or the label. */
  readonly which: string;
}

/** Stores versions and labels. Every method rejects only with RegistryError. */
export interface Registry {
  /** Its address, without secrets. */
  readonly address: string;
  /** All prompts by name with their labels; reads no bundles. */
  list(): Promise<RegisteredPrompt[]>;
  /** The versions of a prompt, the highest first; empty when it does not exist. */
  versions(name: string): Promise<VersionRecord[]>;
  /** Rejects with `missing`; with `corrupt` when the content does not match its record. */
  bundle(name: string, version: string): Promise<Bundle>;
  /**
   * Publishes a version whose parent must be the latest one: rejects with `conflict` when it is not, or
   * when the version already exists. `restore`: as it was in another registry, whatever the latest is.
   */
  publish(
    name: string,
    record: VersionRecord,
    bundle: Bundle,
    how?: { readonly restore?: boolean },
  ): Promise<void>;
  /** All moves of the labels of a prompt, each label's in order. */
  moves(name: string): Promise<LabelState[]>;
  /** Makes the `n`-th move of a label: rejects with `conflict` when it exists already. */
  move(name: string, label: string, n: number, move: LabelMove): Promise<void>;
  /** The runs that were attached to a version. */
  evals(name: string, version: string): Promise<AttachedEval[]>;
  /** Attaches a run to a version, once. */
  attachEval(name: string, version: string, result: AttachedEval): Promise<void>;
  /**
   * Calls `listener` after changes by others, until the returned function is called. `lost` is called when
   * the connection breaks and no more events will arrive.
   */
  watch(listener: (event: RegistryEvent) => void, lost?: () => void): Promise<() => void>;
  close(): Promise<void>;
}

export type RegistryErrorKind =
  /** Somebody else was first, or it already exists. */
  | 'conflict'
  | 'missing'
  | 'invalid'
  /** Written by a newer Promptsmith. */
  | 'newer'
  | 'corrupt'
  /** User, password or permissions. */
  | 'denied'
  | 'unreachable'
  | 'full'
  | 'busy';

/** A failure of a registry. The message is one clause for people, without secrets. */
export class RegistryError extends Error {
  readonly kind: RegistryErrorKind;

  constructor(kind: RegistryErrorKind, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.kind = kind;
  }
}
