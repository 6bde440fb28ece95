import { betaShare } from './beta.ts';

/**
 * Two-sided p of the exact McNemar test: `worse` and `better` count the cases that changed, each
 * direction being equally likely when nothing has changed. Twice the smaller binomial tail, at most 1.
 * McNemar 1947; exact form: Liddell 1983.
 */
export function mcnemar(worse: number, better: number): number {
  const n = worse + better;
  const fewer = Math.min(worse, better);
  if (n === 0 || worse === better) return 1;
  // P(X ≤ k) for X ~ Binomial(n, ½) is the incomplete beta function I½(n − k, k + 1).
  return Math.min(1, 2 * betaShare(0.5, n - fewer, fewer + 1));
}
