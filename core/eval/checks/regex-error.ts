/** Why a pattern or its flags are invalid, or null when they are fine. */
export function regexError(pattern: string, flags: string): string | null {
  if (/[^dgimsuvy]/.test(flags))
    return `unknown flags "${flags}": known are d, g, i, m, s, u, v, y`;
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** `g` and `y` would make a test depend on the one before it. */
export function statelessFlags(flags: string): string {
  return flags.replace(/[gy]/g, '');
}
