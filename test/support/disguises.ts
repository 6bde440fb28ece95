import type { View } from '#core/lint/payload/detect.ts';

/** A way to write a text so that a filter misses it and a model still reads it. */
export interface Disguise {
  readonly family: 'unicode' | 'entities' | 'encoding';
  disguise(text: string): string;
  /** How the detector has to read it; absent where that does not matter. */
  readonly view?: View;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const each = (text: string, change: (char: string) => string): string =>
  [...text].map(change).join('');
const isLetter = (char: string): boolean => /[a-z]/i.test(char);
const code = (char: string): number => char.codePointAt(0) ?? 0;

/** Letters moved to another block of Unicode that has them in the same order. */
const moved =
  (small: number, capital: number) =>
  (text: string): string =>
    each(text, (char) => {
      if (/[a-z]/.test(char)) return String.fromCodePoint(small + code(char) - 97);
      return /[A-Z]/.test(char) ? String.fromCodePoint(capital + code(char) - 65) : char;
    });
const after = (mark: string) => (text: string) =>
  each(text, (char) => (isLetter(char) ? char + mark : char));
const mapped = (from: string, to: string) => (text: string) =>
  each(text, (char) => [...to][[...from].indexOf(char)] ?? char);

const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];
const hex = (n: number, length = 2): string => n.toString(16).padStart(length, '0');
const base64 = (text: string): string => btoa(String.fromCharCode(...bytes(text)));
const words = (text: string): string[] => text.split(/\s+/);

export const DISGUISES: Readonly<Record<string, Disguise>> = {
  'zero-width spaces': { family: 'unicode', disguise: after('\u200b') },
  'soft hyphens': { family: 'unicode', disguise: after('\u00ad') },
  'combining marks': { family: 'unicode', disguise: after('\u0301\u0323') },
  'variation selectors': { family: 'unicode', disguise: after('\ufe0f') },
  'full width': {
    family: 'unicode',
    disguise: (text) =>
      each(text, (char) =>
        code(char) > 32 && code(char) < 127 ? String.fromCodePoint(code(char) + 0xfee0) : char,
      ),
  },
  'mathematical bold': { family: 'unicode', disguise: moved(0x1d41a, 0x1d400) },
  monospace: { family: 'unicode', disguise: moved(0x1d68a, 0x1d670) },
  circled: { family: 'unicode', disguise: moved(0x24d0, 0x24b6) },
  'Cyrillic look-alikes': {
    family: 'unicode',
    disguise: mapped('aceiopsxyjABCEHKMOPTX', 'асеіорѕхујАВСЕНКМОРТХ'),
  },
  'Greek look-alikes': {
    family: 'unicode',
    disguise: mapped('oνuABEHIKMNOPTXYZ', 'ονυΑΒΕΗΙΚΜΝΟΡΤΧΥΖ'),
  },
  'small capitals': {
    family: 'unicode',
    disguise: (text) => mapped(letters, 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ')(text.toLowerCase()),
  },
  'bidirectional overrides': { family: 'unicode', disguise: (text) => `\u202e${text}\u202c` },
  'tag characters': {
    family: 'unicode',
    disguise: (text) =>
      each(text, (char) =>
        code(char) >= 32 && code(char) < 127 ? String.fromCodePoint(0xe0000 + code(char)) : char,
      ),
  },
  'bytes as variation selectors': {
    family: 'unicode',
    disguise: (text) =>
      `😀${bytes(text)
        .map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16))
        .join('')}`,
  },
  'decimal entities': {
    family: 'entities',
    view: 'entities',
    disguise: (text) => each(text, (char) => `&#${code(char)};`),
  },
  'hexadecimal entities': {
    family: 'entities',
    view: 'entities',
    disguise: (text) => each(text, (char) => `&#x${hex(code(char))};`),
  },
  'percent encoding': {
    family: 'entities',
    view: 'entities',
    disguise: (text) =>
      bytes(text)
        .map((byte) => `%${hex(byte)}`)
        .join(''),
  },
  'JavaScript escapes': {
    family: 'entities',
    view: 'entities',
    disguise: (text) =>
      text
        .split('')
        .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
        .join(''),
  },
  base64: { family: 'encoding', view: 'base64', disguise: base64 },
  'wrapped base64': {
    family: 'encoding',
    view: 'base64',
    disguise: (text) => base64(text).replace(/.{76}/g, '$&\n'),
  },
  hex: {
    family: 'encoding',
    view: 'hex',
    disguise: (text) =>
      bytes(text)
        .map((b) => hex(b))
        .join(''),
  },
  'hex pairs': {
    family: 'encoding',
    view: 'hex',
    disguise: (text) =>
      bytes(text)
        .map((byte) => hex(byte))
        .join(' '),
  },
  rot13: {
    family: 'encoding',
    view: 'rot13',
    disguise: (text) =>
      each(text, (char) => {
        const at = letters.indexOf(char.toLowerCase());
        const turned = letters[(at + 13) % 26] ?? char;
        return at < 0 ? char : char === char.toLowerCase() ? turned : turned.toUpperCase();
      }),
  },
  leet: { family: 'encoding', disguise: (text) => mapped('aeiost', '431057')(text.toLowerCase()) },
  'leet with signs': {
    family: 'encoding',
    disguise: (text) => mapped('aeiost', '@3!0$7')(text.toLowerCase()),
  },
  reversed: {
    family: 'encoding',
    view: 'reversed',
    disguise: (text) => [...text].reverse().join(''),
  },
  'reversed words': {
    family: 'encoding',
    view: 'reversed',
    disguise: (text) =>
      text
        .split(' ')
        .map((word) => [...word].reverse().join(''))
        .join(' '),
  },
  spaced: { family: 'encoding', view: 'spaced', disguise: (text) => [...text].join(' ') },
  'spaced words': {
    family: 'encoding',
    view: 'spaced',
    disguise: (text) =>
      words(text)
        .map((word) => [...word].join(' '))
        .join('  '),
  },
  hyphenated: {
    family: 'encoding',
    view: 'spaced',
    disguise: (text) =>
      words(text)
        .map((word) => [...word].join('-'))
        .join(' '),
  },
  'spaced without words': {
    family: 'encoding',
    view: 'spaced',
    disguise: (text) => [...text.replace(/\s+/g, '')].join(' '),
  },
};
