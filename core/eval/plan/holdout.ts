/** Cases with this tag run in gates and in CI only, so that nobody tunes a prompt to them. */
export const HOLDOUT = 'holdout';
