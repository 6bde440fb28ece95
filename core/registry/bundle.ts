import { computeHashes, type Hashes } from '../eval/hashes.ts';
import { readTestFile } from '../eval/plan/test-file.ts';
import { hashText } from '../hash.ts';
import { canonicalJson } from '../json.ts';
import type { PromptDocument, Row } from '../prompt/document.ts';
import { parsePrompt } from '../prompt/parse.ts';
import type { ComparedPrompt } from './change.ts';
import { type Bundle, type BundledFile, RegistryError, type VersionRecord } from './registry.ts';

/** The settings that an eval's verdicts depend on, besides those in the prompt file. */
export interface RunSettings {
  readonly judge?: string;
  readonly repeat?: number;
  readonly margin?: number;
}

/** Where a bundle stores the settings: no path of a file starts like this. */
const SETTINGS_PATH = ':settings.json';
const MAX_ROWS = 50_000;

/** A prompt with everything that an eval of it needs. */
export interface PromptBundle {
  readonly bundle: Bundle;
  readonly files: readonly BundledFile[];
  readonly hashes: Hashes;
}

/**
 * Bundles a prompt for publication. `rows` are the file's and those of its test files; `files` are
 * these test files, with paths from the project root, in the order of the rows.
 */
export function makeBundle(
  document: PromptDocument,
  rows: readonly Row[],
  files: Bundle['files'],
  settings: RunSettings,
): PromptBundle {
  const { judge, repeat, margin } = settings;
  const given = Object.values(settings).some((value) => value !== undefined);
  const text = `${canonicalJson({ judge, repeat, margin })}\n`;
  const all = given ? [...files, { path: SETTINGS_PATH, text }] : [...files];
  return {
    bundle: { text: document.text, files: all },
    files: all.map(({ path, text: content }) => ({ path, sha256: hashText(content) })),
    hashes: computeHashes(document, rows, settings.judge ?? null),
  };
}

/** An opened bundle: exactly the cases, evaluators and settings that were published. */
export interface OpenedBundle extends ComparedPrompt {
  readonly settings: RunSettings;
}

export function openBundle({ text, files }: Bundle): OpenedBundle {
  const document = parsePrompt(text);
  const names = document.messages.flatMap(
    ({ content }) => content?.placeholders.map(({ name }) => name) ?? [],
  );
  const placeholders = new Set(names);
  const rows: Row[] = [...document.rows];
  let settings: RunSettings = {};
  for (const { path, text: content } of files) {
    if (path === SETTINGS_PATH) settings = readRunSettings(content);
    else {
      const options = { placeholders, firstIndex: rows.length, maxRows: MAX_ROWS };
      for (const row of readTestFile(path, content, options).rows) rows.push(row);
    }
  }
  return { document, rows, settings };
}

/** Throws RegistryError (`corrupt`) when a bundle does not match its record. `where` names the version. */
export function verifyBundle(
  { hashes, files }: Pick<VersionRecord, 'hashes' | 'files'>,
  bundle: Bundle,
  where: string,
): void {
  if (hashText(bundle.text) !== hashes.text)
    throw new RegistryError(
      'corrupt',
      `the text of ${where} is not the published one: its hash does not match`,
    );
  for (const [i, { path, sha256 }] of files.entries()) {
    if (hashText(bundle.files[i]?.text ?? '') !== sha256)
      throw new RegistryError(
        'corrupt',
        `${path} of ${where} is not the published file: its hash does not match`,
      );
  }
}

function readRunSettings(text: string): RunSettings {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const { judge, repeat, margin } = value ?? {};
    return {
      ...(typeof judge === 'string' ? { judge } : {}),
      ...(typeof repeat === 'number' ? { repeat } : {}),
      ...(typeof margin === 'number' ? { margin } : {}),
    };
  } catch {
    return {};
  }
}
