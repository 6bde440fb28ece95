/** The type of the playground's panels. */
export const PLAYGROUND = 'promptsmith.playground';

/** What a panel begins with. */
export interface Opening {
  readonly case?: string;
  /** Lets the user choose first. */
  readonly choose?: 'case' | 'models';
  /** Asks at once. */
  readonly run?: boolean;
}
