/** One thing that is checked inside the extension host. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

/** What is printed about a check, behind `MARK`. */
export interface Report {
  readonly name: string;
  readonly error?: string;
  /** Figures that were measured on the way. */
  readonly notes: readonly string[];
}

/** Lines of the extension host that begin with this are reports. */
export const MARK = '#promptsmith-check ';
