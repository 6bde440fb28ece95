import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { diffWords, type TextSegment } from '#core/registry/diff-words.ts';

/** A diff as `diff --format json` prints it. */
export interface DiffJson extends Omit<PromptDiff, 'changes'> {
  readonly changes: readonly {
    readonly part: string;
    readonly bump: string;
    readonly text: string;
    /** The name of the text in `texts` that it is in. */
    readonly in?: string;
  }[];
  /** The texts that differ, word by word and complete. */
  readonly texts: readonly { readonly name: string; readonly segments: readonly TextSegment[] }[];
}

/** Converts a diff to JSON, with the words of each text that differs. */
export function toDiffJson(diff: PromptDiff): DiffJson {
  const wordings = new Set(diff.changes.flatMap(({ wording }) => wording ?? []));
  return {
    ...diff,
    changes: diff.changes.map(({ wording, ...change }) =>
      wording ? { ...change, in: wording.name } : change,
    ),
    texts: [...wordings].map(({ name, before, after }) => ({
      name,
      segments: diffWords(before, after),
    })),
  };
}
