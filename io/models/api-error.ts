/** What of an error of an interface's package is read. */
export interface ApiError {
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  readonly code?: string | number | null | undefined;
  readonly type?: string | null | undefined;
  readonly message: string;
  readonly cause?: unknown;
  /** The body, or the object in it that describes the error. */
  readonly error?: unknown;
}
