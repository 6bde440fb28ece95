import { retrievalCheck } from './retrieval.ts';

export const precisionAtK = retrievalCheck(
  'precision-at-k',
  'The share of the first k places in the answer’s list that hold a relevant id; places left empty count.',
  0.5,
  true,
  ({ hits, k }) => hits / k,
);
