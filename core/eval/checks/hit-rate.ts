import { retrievalCheck } from './retrieval.ts';

export const hitRate = retrievalCheck(
  'hit-rate',
  'At least one relevant id stands among the first k that the answer lists (all, without `k`); the mean over the cases is the hit rate.',
  1,
  false,
  ({ hits }) => (hits > 0 ? 1 : 0),
);
