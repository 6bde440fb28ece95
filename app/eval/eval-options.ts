import type { CaseFilter, Compat } from '#core/eval/plan/plan.ts';

/** How a prompt is evaluated; what is absent is taken from its file and the settings. */
export interface EvalOptions {
  /** Model ids; none: the file's. */
  readonly models?: readonly string[];
  /** The `candidates` of the file too, where no models are given. */
  readonly candidates?: boolean;
  /** The model of judges that specify none. */
  readonly judge?: string;
  readonly repeat?: number;
  readonly seed?: number;
  readonly filter?: CaseFilter;
  /** Sends placeholders without a value unchanged. */
  readonly allowMissing?: boolean;
  readonly compat?: Compat;
  /** Answers from recordings; nothing is called. */
  readonly replay?: boolean;
  /** Appends the answers to the recordings. */
  readonly record?: boolean;
  /** Takes answers to requests that were sent before from the project's cache, and adds new ones to it. */
  readonly cache?: boolean;
  /** USD. */
  readonly maxCost?: number;
  /** Runs under a cost limit although a price is unknown. */
  readonly allowUnknownCost?: boolean;
  /** Concurrent calls. */
  readonly concurrency?: number;
  /** Resumes a stored run instead of starting a new one. */
  readonly resume?: ResumeRequest;
}

/** Which stored run is resumed, and which of its cases are done again. */
export interface ResumeRequest {
  /** Its id; absent: the newest one that can be resumed. */
  readonly run?: string;
  /** Errored cases are sent again. */
  readonly retryErrors?: boolean;
  /** Every stored answer is judged again, without a call. */
  readonly rescore?: boolean;
}
