/** What would let the user go on: a key, or the consent to send one somewhere. */
export type Remedy = 'key' | 'consent';

/** Something the user can mend: its message says in whole sentences what is wrong and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly remedy: Remedy | undefined;

  constructor(message: string, remedy?: Remedy) {
    super(message);
    this.remedy = remedy;
  }
}
