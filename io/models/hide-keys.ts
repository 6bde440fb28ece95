/** What a key looks like to many providers, also with its middle starred out. */
const KEY_LIKE = /\b(?:sk|pk|gsk|xai|key)-[\w*.-]{8,}|\bAIza[\w-]{20,}/g;

/** The text without the secrets, as they are or as a URL has them, and without what looks like a key. */
export function hideKeys(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of new Set([secret, encodeURIComponent(secret)]))
      clean = clean.replaceAll(form, '[key]');
  }
  return clean.replace(KEY_LIKE, '[key]');
}
