/** The origins that the real environment allows for this call: `PROMPTSMITH_TRUST`, separated by blanks or commas. */
export function listTrustedOrigins(
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return (env.PROMPTSMITH_TRUST ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
}
