import { fillTemplate, type SafeText, type SafeValue, trustText } from './safe-text.ts';

/** HTML from literals and safe values. */
export function html(
  literals: TemplateStringsArray,
  ...values: readonly SafeValue<'html'>[]
): SafeText<'html'> {
  return fillTemplate(literals, values);
}

/** Any text as the content of an element or of an attribute in quotes. */
export function escapeForHtml(text: string): SafeText<'html'> {
  return trustText(
    text
      .replaceAll('\0', '\ufffd')
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
