import { retrievalCheck } from './retrieval.ts';

export const recallAtK = retrievalCheck(
  'recall-at-k',
  'The share of the relevant ids that stand among the first k in the answer’s list (all, without `k`).',
  0.5,
  false,
  ({ hits, relevant }) => hits / relevant,
);
