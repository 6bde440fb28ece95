/**
 * The two-sided p-value of Fisher's exact test: `a` of `n` against `b` of `m`, all integers. It adds up the
 * tables that are at most as likely as the one observed. Returns 1 without cases on one side.
 */
export function fisherExact(a: number, n: number, b: number, m: number): number {
  if (n === 0 || m === 0) return 1;
  const hits = a + b;
  const logs = sumLogs(n + m);
  const choose = (of: number, k: number): number =>
    (logs[of] ?? 0) - (logs[k] ?? 0) - (logs[of - k] ?? 0);
  const logChance = (k: number): number => choose(n, k) + choose(m, hits - k) - choose(n + m, hits);
  const observed = logChance(a);
  let p = 0;
  for (let k = Math.max(0, hits - m); k <= Math.min(n, hits); k++) {
    // Tables that are as likely as this one differ from it by rounding.
    if (logChance(k) <= observed + 1e-9) p += Math.exp(logChance(k));
  }
  return Math.min(1, p);
}

/** The logarithms of the factorials from 0 to `n`. */
function sumLogs(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logs[k] = (logs[k - 1] ?? 0) + Math.log(k);
  return logs;
}
