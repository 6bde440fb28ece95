import type { Change, ComparedPrompt, Wording } from '#core/registry/change.ts';
import { createSecretMask } from '#io/secrets.ts';

/**
 * Masks secrets of both prompts in the changes between them: a key that was removed from a prompt must not
 * get into a pull request with the words that were removed.
 */
export async function maskChanges(
  changes: readonly Change[],
  before: ComparedPrompt,
  after: ComparedPrompt,
): Promise<readonly Change[]> {
  const masks = [await createSecretMask(before.document), await createSecretMask(after.document)];
  const mask = (text: string) => masks.reduce((masked, hide) => hide(masked), text);
  // Changes of one text share its wording.
  const masked = new Map<Wording, Wording>();
  return changes.map((change) => {
    const { wording } = change;
    if (!wording) return { ...change, text: mask(change.text) };
    const known = masked.get(wording) ?? {
      name: mask(wording.name),
      before: mask(wording.before),
      after: mask(wording.after),
    };
    masked.set(wording, known);
    return { ...change, text: mask(change.text), wording: known };
  });
}
