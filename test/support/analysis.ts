import { rules } from '#core/rules/index.ts';
import { readSettings } from '#core/settings.ts';
import { applyEdits, type Edit } from '#core/text.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { Analysis, type Knowledge } from '#server/analysis.ts';
import { KnowledgeStore } from '#server/knowledge.ts';
import { UNKNOWN_FILE } from '#server/settings.ts';
import { readMarked } from './caret.ts';
import { tokenTables } from './token-tables.ts';

export const TODAY = '2026-11-21';

/** All rules, models and token tables, as in a fully loaded server. */
export async function loadKnowledge(): Promise<Knowledge> {
  const store = new KnowledgeStore(
    {
      rules,
      catalogue: loadCatalogue,
      tokenizer: createFileTokenizer(await tokenTables()),
      today: () => TODAY,
    },
    () => {},
    (error) => {
      throw error;
    },
  );
  await store.load();
  return store.current;
}

/** Only the rules, as before anything is loaded. */
export const NOTHING_LOADED: Knowledge = { rules, models: null, counter: null };

export interface AnalysisOptions {
  readonly knowledge?: Knowledge;
  readonly path?: string;
  /** As in `.promptsmith.yaml`. */
  readonly settings?: object;
}

/** Analyzes a marked text; also returns the offset of its cursor `$0`. */
export function analyze(
  marked: string,
  { knowledge = NOTHING_LOADED, path = 'a.prompt.yaml', settings = {} }: AnalysisOptions = {},
): { analysis: Analysis; cursor: number; text: string } {
  const { text, cursor } = readMarked(marked);
  const file = { ...UNKNOWN_FILE, settings: readSettings(settings).settings, root: '/w', path };
  const snapshot = { uri: `file:///w/${path}`, version: 7, text };
  const analysis = new Analysis(snapshot, file, knowledge, { today: TODAY });
  return { analysis, cursor: cursor ?? 0, text };
}

/** The text after edits. */
export function edited(text: string, edits: readonly Edit[]): string {
  return applyEdits(text, edits);
}
