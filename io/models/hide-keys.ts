/** What a key looks like to many providers, also with its middle starred out. */
const KEY_LIKE = /\b(?:sk|pk|gsk|xai|key)-[\w*.-]{8,}|\bAIza[\w-]{20,}/g;

/** Shorter pieces of Base64 could be part of any word. */
const MIN_ENCODED = 8;

/**
 * The text without the secrets, as they are or as addresses, JSON and Base64 have them, and without what looks like
 * a key.
 */
export function hideKeys(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of listForms(secret)) clean = clean.replaceAll(form, '[key]');
  }
  return clean.replace(KEY_LIKE, '[key]');
}

/** The ways in which a text may have a secret. */
function listForms(secret: string): Set<string> {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const inAddress = encodeURIComponent(secret);
  return new Set([
    // Within JSON in JSON first: it contains what is escaped once.
    JSON.stringify(escaped).slice(1, -1),
    escaped,
    secret,
    secret.replaceAll('/', '\\/'),
    inAddress,
    inAddress.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
    ...listBase64Forms(secret),
  ]);
}

/**
 * The part of Base64 that a secret alone decides, for each place within a group of three bytes at which it can begin,
 * such as after the user's name of Basic authentication.
 */
function listBase64Forms(secret: string): string[] {
  const length = Buffer.byteLength(secret);
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + length) * 8) / 6);
    return (['base64', 'base64url'] as const)
      .map((encoding) => bytes.toString(encoding).slice(from, to))
      .filter((form) => form.length >= MIN_ENCODED);
  });
}
