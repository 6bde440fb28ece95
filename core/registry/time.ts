/**
 * The time for a record that follows another: now, but always after that one, so that a history stays in
 * order when clocks differ. Milliseconds since the epoch in, ISO 8601 out.
 */
export function timeAfter(now: number, earlier: string | null): string {
  const before = earlier === null ? Number.NaN : Date.parse(earlier);
  return new Date(Number.isNaN(before) ? now : Math.max(now, before + 1)).toISOString();
}
