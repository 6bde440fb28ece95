import vm from 'node:vm';
import type { BoundedRegex, RegexMatch } from '#core/eval/ports.ts';

export interface RegexLimits {
  /** Milliseconds of processor time until a match is given up. Default: 100. */
  readonly matchMs?: number;
  /** The same for other work, whose first call is compiled within it. Default: 1000. */
  readonly workMs?: number;
  /** Milliseconds of processor time that this thread has used. */
  readonly cpuMs?: () => number;
}

/**
 * The longest time on the clock, as a multiple of the processor time. At a tenth of a processor, a match may
 * still use all of its time.
 */
const MAX_MATCH_STRETCH = 10;
const MAX_WORK_STRETCH = 3;

/**
 * A fresh engine with time limits. They are processor time, so that a result does not depend on what else the
 * machine does; where the processor is busy elsewhere, a match that is given up has taken a second at most.
 */
export function createBoundedRegex({
  matchMs = 100,
  workMs = 1000,
  cpuMs = readCpuMs,
}: RegexLimits = {}): BoundedRegex {
  const box: { pattern: RegExp | null; text: string; work: (() => void) | null } = {
    pattern: null,
    text: '',
    work: null,
  };
  const context = vm.createContext(box);
  const script = new vm.Script('pattern.exec(text)');
  const call = new vm.Script('work()');
  return {
    exec(pattern, flags, text): RegexMatch {
      box.pattern = new RegExp(pattern, flags);
      box.text = text;
      try {
        const run = (timeout: number) =>
          script.runInContext(context, { timeout }) as RegExpExecArray | null;
        const result = runBounded(run, { cpuMs, limit: matchMs, stretch: MAX_MATCH_STRETCH });
        if (result.kind === 'timeout') return result;
        if (!result.value) return { kind: 'none' };
        const [whole, ...groups] = result.value;
        return { kind: 'match', text: whole, groups };
      } finally {
        box.pattern = null;
        box.text = '';
      }
    },
    within<T>(work: () => T): { kind: 'done'; value: T } | { kind: 'timeout' } {
      let results: T[] = [];
      box.work = () => void results.push(work());
      try {
        const run = (timeout: number): T => {
          results = [];
          call.runInContext(context, { timeout });
          return results[0] as T;
        };
        return runBounded(run, { cpuMs, limit: workMs, stretch: MAX_WORK_STRETCH });
      } finally {
        box.work = null;
      }
    },
  };
}

interface Bounds {
  readonly cpuMs: () => number;
  /** Milliseconds of processor time for one attempt. */
  readonly limit: number;
  readonly stretch: number;
}

/**
 * Runs something with a limit of processor time. The engine can only be stopped by the clock: an attempt that
 * was stopped before it had its processor time is made again, with more time on the clock.
 */
function runBounded<T>(
  run: (timeout: number) => T,
  { cpuMs, limit, stretch }: Bounds,
): { kind: 'done'; value: T } | { kind: 'timeout' } {
  let left = limit * stretch;
  let timeout = limit;
  for (let isFirst = true; ; isFirst = false) {
    const before = cpuMs();
    try {
      const value = run(Math.ceil(timeout));
      // Later attempts have more time on the clock than processor time.
      const isOver = !isFirst && cpuMs() - before > limit;
      return isOver ? { kind: 'timeout' } : { kind: 'done', value };
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
    const used = Math.max(cpuMs() - before, 1);
    left -= timeout;
    // Below a tenth of the limit, no attempt is worth its time.
    if (used >= 0.9 * limit || left < limit / 10) return { kind: 'timeout' };
    timeout = Math.min(left, Math.max(2 * timeout, (1.5 * limit * timeout) / used));
  }
}

/** Node 22 has no `threadCpuUsage`. */
interface ProcessTimes {
  readonly threadCpuUsage?: () => NodeJS.CpuUsage;
  readonly cpuUsage: () => NodeJS.CpuUsage;
}

/** Processor time of this thread; where Node cannot tell it, of all threads, which rarely work meanwhile. */
function readCpuMs(): number {
  const { threadCpuUsage, cpuUsage }: ProcessTimes = process;
  const { user, system } = (threadCpuUsage ?? cpuUsage).call(process);
  return (user + system) / 1000;
}

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
