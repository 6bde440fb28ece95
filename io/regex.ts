import vm from 'node:vm';
import type { BoundedRegex, RegexMatch } from '#core/eval/ports.ts';

/** Milliseconds until a match is given up. */
const TIME_LIMIT = 100;

/** A fresh engine: regular expressions that stop after 100 ms, whatever the pattern and the text. */
export function boundedRegex(): BoundedRegex {
  const box: { pattern: RegExp | null; text: string } = { pattern: null, text: '' };
  const context = vm.createContext(box);
  const script = new vm.Script('pattern.exec(text)');
  return {
    exec(pattern, flags, text): RegexMatch {
      box.pattern = new RegExp(pattern, flags);
      box.text = text;
      try {
        const match = script.runInContext(context, {
          timeout: TIME_LIMIT,
        }) as RegExpExecArray | null;
        if (!match) return { t: 'none' };
        const [whole, ...groups] = match;
        return { t: 'match', text: whole, groups };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
          return { t: 'timeout' };
        throw error;
      } finally {
        box.pattern = null;
        box.text = '';
      }
    },
  };
}
