import { readTextFile, resolvePath } from '#io/files.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { collectRows } from '../prompt/prompt-input.ts';
import { type CaseFingerprints, fingerprintCases } from './fingerprint-cases.ts';
import { type GoldenCase, locateCases } from './locate-cases.ts';

/** The cases of a prompt file and of its test files, and what their results are about. */
export interface PromptCases {
  /** The paths of test files are absolute. */
  readonly cases: readonly GoldenCase[];
  readonly fingerprints: CaseFingerprints;
}

/** Reads the cases of a prompt file and of its test files. */
export async function readCases(prompt: PromptFile): Promise<PromptCases> {
  const input = await openInput(prompt);
  const rows = collectRows(input);
  const texts = new Map<string | null, string>([[null, prompt.text]]);
  for (const file of new Set(rows.flatMap((row) => row.file ?? []))) {
    const read = await readTextFile(resolvePath(input.project.root, file));
    if ('text' in read) texts.set(file, read.text);
  }
  const cases = locateCases(rows, (file) => texts.get(file)).map((one) => ({
    ...one,
    file: one.file === null ? null : resolvePath(input.project.root, one.file),
  }));
  return { cases, fingerprints: fingerprintCases(input.prompt, rows) };
}
