import type { CallSite } from '../../lint/engine/facts.ts';
import type { Settings } from '../../settings.ts';

/** Programs that are known to run the prompt and read one spelling only; null = none is known. */
export interface Readers {
  readonly oldOnly: string | null;
  readonly newOnly: string | null;
}

/** Actions by the spelling that they read. Sources: their code on GitHub (2026-11). */
const READS_OLD: ReadonlySet<string> = new Set(['github/ai-assessment-comment-labeler']);
const READS_NEW: ReadonlySet<string> = new Set(['actions/ai-inference']);

/** Of the workflow steps that run a prompt, and of the target in the settings. */
export function findReaders(callSites: readonly CallSite[], target: Settings['target']): Readers {
  const names = callSites.flatMap(({ action }) => (action ? [action.name.toLowerCase()] : []));
  const old = names.find((name) => READS_OLD.has(name));
  const camel = names.find((name) => READS_NEW.has(name));
  const byTarget = target === 'generic' ? null : `The target \`${target}\``;
  return {
    oldOnly: old === undefined ? null : `\`${old}\``,
    newOnly: camel === undefined ? byTarget : `\`${camel}\``,
  };
}
