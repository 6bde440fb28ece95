import type { Hashes } from '../eval/hashes.ts';
import type { CaseSummary, Summary } from '../eval/report/report.ts';
import type { Hash } from '../hash.ts';
import type { Bump } from './change.ts';

/** A file of a bundle: its path from the project root, and the hash of its bytes. */
export interface BundledFile {
  readonly path: string;
  readonly sha256: Hash;
}

/** A published version; never changed. shapes.md §8. */
export interface VersionRecord {
  readonly v: 1;
  readonly version: string;
  /** The version it was made from; null for the first. */
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

/** A label was moved to a version; never changed, the last one holds. shapes.md §8. */
export interface LabelMove {
  readonly v: 1;
  readonly version: string;
  /** Percent of the calls that other versions get; the rest is for `version`. */
  readonly split?: Readonly<Record<string, number>>;
  /** The version it pointed to before. */
  readonly from: string | null;
  readonly by: string;
  readonly at: string;
  readonly why: string;
  /** The run that the gate went by. */
  readonly eval?: string;
  readonly approvedBy?: readonly string[];
  /** Why the gate was overruled. */
  readonly override?: string;
  readonly rollback?: boolean;
}

/** A label as it stands: its `n`-th move. */
export interface LabelState extends LabelMove {
  readonly label: string;
  /** Counts from 1. */
  readonly n: number;
}

/** An eval run that was attached to a version: the output of `eval --format json`. */
export interface AttachedEval extends Summary {
  readonly cases: readonly CaseSummary[];
}

/** What a version holds, whole. */
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
  /** Why it cannot be read whole. */
  readonly problem?: string;
}

/** A change of the registry that somebody else made. */
export interface RegistryEvent {
  readonly name: string;
  readonly what: 'version' | 'label' | 'eval';
  /** The version, or the label. */
  readonly which: string;
}

/** Where versions and labels are kept. Everything rejects with RegistryError and nothing else. */
export interface Registry {
  /** Where it is, without any secret. */
  readonly address: string;
  /** All prompts by name with their labels, quickly. */
  list(): Promise<RegisteredPrompt[]>;
  /** The versions of a prompt, the highest first; none when it is not there. */
  versions(name: string): Promise<VersionRecord[]>;
  /** Rejects with `missing`; with `corrupt` when the content is not what the record says. */
  bundle(name: string, version: string): Promise<Bundle>;
  /**
   * Publishes a version whose parent must be the latest one: rejects with `conflict` when it is not, or
   * when the version is there already. `restore`: as it was in another registry, whatever is the latest.
   */
  publish(
    name: string,
    record: VersionRecord,
    bundle: Bundle,
    how?: { readonly restore?: boolean },
  ): Promise<void>;
  /** All moves of the labels of a prompt, each label's in order. */
  moves(name: string): Promise<LabelState[]>;
  /** Makes the `n`-th move of a label: rejects with `conflict` when somebody else has made it. */
  move(name: string, label: string, n: number, move: LabelMove): Promise<void>;
  /** The runs that were attached to a version. */
  evals(name: string, version: string): Promise<AttachedEval[]>;
  /** Attaches a run to a version, once. */
  attachEval(name: string, version: string, result: AttachedEval): Promise<void>;
  /**
   * Calls `listener` after others' changes, until the returned function is called. `lost` is called when
   * there will be no more news: the connection broke.
   */
  watch(listener: (event: RegistryEvent) => void, lost?: () => void): Promise<() => void>;
  close(): Promise<void>;
}

export type RegistryErrorKind =
  /** Somebody else was faster, or it exists already. */
  | 'conflict'
  | 'missing'
  | 'invalid'
  /** Written by a newer Promptsmith. */
  | 'newer'
  | 'corrupt'
  /** User, password or rights. */
  | 'denied'
  | 'unreachable'
  | 'full'
  | 'busy';

/** What can go wrong with a registry: one sentence for people, without any secret. */
export class RegistryError extends Error {
  readonly kind: RegistryErrorKind;

  constructor(kind: RegistryErrorKind, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.kind = kind;
  }
}
