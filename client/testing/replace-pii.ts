import type { PiiMatch } from '#core/pii.ts';

/** Replaces personal data by placeholders such as `<email>`; where matches overlap the first one counts. */
export function replacePii(text: string, found: readonly PiiMatch[]): string {
  let result = '';
  let at = 0;
  for (const { span, type } of found) {
    if (span.start < at) continue;
    result += `${text.slice(at, span.start)}<${type}>`;
    at = span.end;
  }
  return result + text.slice(at);
}
