import { readTestFile } from '#core/eval/plan/test-file.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { makeBundle, type PromptBundle } from '#core/registry/bundle.ts';
import type { LabelMove, Registry, VersionRecord } from '#core/registry/registry.ts';
import { RegistryError } from '#core/registry/registry.ts';

/** A prompt file that says a word, with one test file. */
export function sampleBundle(word: string): PromptBundle {
  const document = parsePrompt(
    `model: openai/gpt-4o-mini\nmessages: [{ role: user, content: "Say ${word} to {{who}}" }]\ntestFiles: [cases.csv]\n`,
  );
  const files = [{ path: 'cases.csv', text: 'who,expected\nAda,hello\n' }];
  const { rows } = readTestFile('cases.csv', files[0]?.text ?? '', {
    placeholders: new Set(['who']),
    maxRows: 10,
  });
  return makeBundle(document, rows, files, { repeat: 2 });
}

export function recordOf(
  { hashes, files }: PromptBundle,
  version: string,
  parent: string | null,
  more: Partial<VersionRecord> = {},
): VersionRecord {
  return {
    v: 1,
    version,
    parent,
    hashes,
    files,
    author: 'ada',
    at: '2026-11-21T09:30:00.000Z',
    change: `version ${version}`,
    bump: { suggested: 'minor', reasons: ['the wording of the user message (1)'] },
    ...more,
  };
}

/** Publishes a version of the sample prompt. */
export async function publishSample(
  registry: Registry,
  name: string,
  version: string,
  parent: string | null,
  word = version,
): Promise<VersionRecord> {
  const made = sampleBundle(word);
  const record = recordOf(made, version, parent);
  await registry.publish(name, record, made.bundle);
  return record;
}

export function moveTo(version: string, from: string | null, by = 'ada'): LabelMove {
  return { v: 1, version, from, by, at: '2026-11-21T10:00:00.000Z', why: `try ${version}` };
}

/** For `assert.rejects`: an error of this kind whose message fits. */
export function refusal(kind: RegistryError['kind'], message = /./) {
  return (error: unknown): boolean =>
    error instanceof RegistryError && error.kind === kind && message.test(error.message);
}
