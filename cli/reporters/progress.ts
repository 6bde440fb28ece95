import type { Report } from '#core/eval/report/report.ts';

/** `triage 12/48 · $0.0012 · about 8 s left`, with a bar. */
export function progressLine(path: string, report: Report, elapsedMs: number): string {
  const { done, total } = report.progress();
  const filled = total === 0 ? 0 : Math.round((20 * done) / total);
  const left =
    done === 0 ? '' : ` · about ${Math.ceil(((elapsedMs / done) * (total - done)) / 1000)} s left`;
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${done}/${total} ${path}${left}`;
}
