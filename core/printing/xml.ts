import { fillTemplate, type SafeText, type SafeValue, trustText } from './safe-text.ts';

/** XML from literals and safe values. */
export function xml(
  literals: TemplateStringsArray,
  ...values: readonly SafeValue<'xml'>[]
): SafeText<'xml'> {
  return fillTemplate(literals, values);
}

/**
 * Any text as the content of an element or of an attribute in double quotes. XML 1.0 has no control
 * characters and no half of a surrogate pair, escaped or not.
 */
export function escapeForXml(text: string): SafeText<'xml'> {
  return trustText(
    text
      .replace(/\p{Cs}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 does not allow these
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character),
  );
}

/** ` name="value"` for each attribute. Names are ours. */
export function formatXmlAttributes(
  values: Readonly<Record<string, string | number>>,
): SafeText<'xml'> {
  const list = Object.entries(values).map(([name, value]) => {
    const text = escapeForXml(String(value)).replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
    return ` ${name}="${text}"`;
  });
  return trustText(list.join(''));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
