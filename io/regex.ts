import vm from 'node:vm';
import type { BoundedRegex, RegexMatch } from '#core/eval/ports.ts';

/** Milliseconds until a match is given up. */
const MAX_CALL_MS = 100;
/** The same for other work, whose first call is compiled within it. */
const MAX_TOTAL_MS = 1000;

/** A fresh engine: regular expressions that stop after 100 ms, other work after a second. */
export function createBoundedRegex(): BoundedRegex {
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
        const match = script.runInContext(context, {
          timeout: MAX_CALL_MS,
        }) as RegExpExecArray | null;
        if (!match) return { kind: 'none' };
        const [whole, ...groups] = match;
        return { kind: 'match', text: whole, groups };
      } catch (error) {
        if (isTimeout(error)) return { kind: 'timeout' };
        throw error;
      } finally {
        box.pattern = null;
        box.text = '';
      }
    },
    within<T>(work: () => T): { kind: 'done'; value: T } | { kind: 'timeout' } {
      const results: T[] = [];
      box.work = () => void results.push(work());
      try {
        call.runInContext(context, { timeout: MAX_TOTAL_MS });
        return { kind: 'done', value: results[0] as T };
      } catch (error) {
        if (isTimeout(error)) return { kind: 'timeout' };
        throw error;
      } finally {
        box.work = null;
      }
    },
  };
}

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
