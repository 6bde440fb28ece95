import type { CaseFilter, Compat } from '#core/eval/plan/plan.ts';
import type { Registry } from '#core/registry/registry.ts';
import type { AccessSources, ModelAccess } from '../models/access.ts';
import type { PromptKnowledge } from '../prompt/prompt-knowledge.ts';

/** How a prompt is evaluated; what is absent is as its file and the settings say. */
export interface EvalOptions {
  /** Model ids; none: the file's. */
  readonly models?: readonly string[];
  /** The `candidates` of the file too, where no models are named. */
  readonly candidates?: boolean;
  /** The model of judges that name none. */
  readonly judge?: string;
  readonly repeat?: number;
  readonly seed?: number;
  readonly filter?: CaseFilter;
  /** Sends placeholders without a value as they stand. */
  readonly allowMissing?: boolean;
  readonly compat?: Compat;
  /** Answers from recordings; nothing is called. */
  readonly replay?: boolean;
  /** Appends the answers to the recordings. */
  readonly record?: boolean;
  /** Takes answers to requests that were sent before from the project's cache, and keeps new ones there. */
  readonly cache?: boolean;
  /** USD. */
  readonly maxCost?: number;
  /** Runs under a cost limit although a price is unknown. */
  readonly allowUnknownCost?: boolean;
  /** Calls at once. */
  readonly concurrency?: number;
  /** Goes on with a stored run instead of beginning one. */
  readonly again?: RunAgain;
}

/** Which stored run goes on, and what of it is done again. */
export interface RunAgain {
  /** Its id; absent: the newest one that fits. */
  readonly run?: string;
  /** Cases that errored are asked again. */
  readonly retryErrors?: boolean;
  /** Every stored answer is judged again, without a call. */
  readonly rescore?: boolean;
}

/** What an eval needs of the program it runs in. */
export interface EvalWorld {
  /** The real environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Origins that the user trusts for this one command. */
  readonly trusted?: readonly string[];
  /** Which models and keys a project has; default: by the environment and the project's files. */
  openAccess?(project: Pick<AccessSources, 'root' | 'settings'>): Promise<ModelAccess>;
  /** The registry of a project; default: by the environment and the project's files. */
  openRegistry?(project: Pick<AccessSources, 'root' | 'settings'>): Promise<Registry>;
  /** Prices and token tables; default: today's, loaded for each eval. */
  readonly knowledge?: PromptKnowledge;
  /** Relative paths start here. */
  readonly cwd: string;
  /** Name and version of the program, `promptsmith 0.1.0`. */
  readonly tool: string;
}
