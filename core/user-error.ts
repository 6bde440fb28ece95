/** Something the user can mend: its message says in whole sentences what is wrong and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
