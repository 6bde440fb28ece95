import { type SafeText, trustText } from './safe-text.ts';

/**
 * A value as JSON that is safe on a terminal and in a CI log: what they would obey (control characters
 * beyond ASCII, bidirectional controls, `##[`) is written as `\uXXXX`, so a reader gets the same value.
 */
export function formatJson(value: unknown, indent = 2): SafeText<'terminal' | 'ci-log'> {
  const text = JSON.stringify(value, null, indent);
  return trustText(
    text.replace(/[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]|#(?=#(?:vso)?\[)/giu, (character) => {
      const code = character.charCodeAt(0).toString(16);
      return `\\u${code.padStart(4, '0')}`;
    }),
  );
}
