import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviseEncoding, decodeText, describeEncoding } from '#core/decode-text.ts';

const GERMAN = 'name: Gruß\nok: 1\ncontent: "Größe für Müller – 5 €"\r\n';

function encodeWide(text: string, encoding: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return encoding === 'le' ? bytes : bytes.swap16();
}

/** Windows-1252 of the characters in these tests. */
function encodeNarrow(text: string): Uint8Array {
  return Uint8Array.from([...text], (char) => {
    const code = { '–': 0x96, '€': 0x80 }[char] ?? char.charCodeAt(0);
    assert.ok(code < 256, char);
    return code;
  });
}

function examine(bytes: Uint8Array) {
  const decoded = decodeText(bytes);
  assert.ok('problem' in decoded, 'it was decoded');
  return decoded.problem;
}

test('UTF-8 is decoded as it is, with its byte order mark and a real U+FFFD', () => {
  for (const text of ['', GERMAN, '\ufeffa: ü', 'a \ufffd b', '日本語 😀', '\u001b[0m'])
    assert.deepEqual(decodeText(Buffer.from(text)), { text });
});

test('Windows-1252 is recognized as a guess, and the line is named', () => {
  const problem = examine(encodeNarrow(GERMAN.replace('Gruß', 'Gruss')));
  assert.equal(problem.looksLike, 'windows-1252');
  assert.equal(problem.isCertain, false);
  assert.equal(problem.line, 3);
  assert.equal(problem.converted, GERMAN.replace('Gruß', 'Gruss'));
  assert.equal(describeEncoding(problem), 'is not UTF-8: line 3 looks like Windows-1252');
  assert.match(problem.lossy, /Gr\ufffd\ufffde f\ufffdr/);
});

test('UTF-16 is certain with a byte order mark and a guess without', () => {
  for (const encoding of ['le', 'be'] as const)
    for (const mark of [true, false]) {
      const problem = examine(encodeWide(GERMAN, encoding, mark));
      assert.equal(problem.looksLike, `utf-16${encoding}`);
      assert.equal(problem.isCertain, mark);
      assert.equal(problem.line, 1);
      assert.equal(problem.converted, GERMAN);
    }
  // Its bytes are valid UTF-8, but not a text.
  assert.equal(examine(encodeWide('KEY=abc\n', 'le', false)).converted, 'KEY=abc\n');
  assert.equal(examine(encodeWide('\ufeff', 'le', false)).converted, '');
});

test('what would be spoiled by a conversion is not converted', () => {
  const mixed = Buffer.concat([Buffer.from('a: Größe\nb: '), Uint8Array.of(0xfc, 0x0a)]);
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0a]);
  const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  const cases = [
    [mixed, 'mixed', 2],
    [cyrillic, 'unknown', 1],
    [image, 'binary', 1],
    [Buffer.from('a: 1\nb: \0\n'), 'binary', 2],
    [Buffer.from([0xff, 0xfe, 0x61]), 'binary', 1],
    // A byte order mark before an unpaired surrogate: not UTF-16 either.
    [Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00]), 'binary', 1],
    [Buffer.from([0x61, 0x0a, 0x81, 0x62]), 'binary', 2],
  ] as const;
  for (const [bytes, looksLike, line] of cases) {
    const problem = examine(bytes);
    assert.equal(problem.looksLike, looksLike);
    assert.equal(problem.converted, null);
    assert.equal(problem.isCertain, false);
    assert.equal(problem.line, line);
    assert.match(adviseEncoding(problem), /^[A-Z].*\.$/);
    assert.doesNotMatch(adviseEncoding(problem), /Convert/);
  }
});
