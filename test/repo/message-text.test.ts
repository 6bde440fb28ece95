import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, rooms, sourceFiles } from './source-files.ts';

/**
 * Files that read text written by others, where nothing but the text tells cases apart. By file: whose
 * text it is.
 */
const FOREIGN: Readonly<Record<string, string>> = {
  'client/examples.ts': 'VS Code: a tab has a label and no other identity',
  'core/prompt/yaml-messages.ts': 'the YAML library: its error codes are coarser than its messages',
  'io/models/classify-error.ts': 'model providers and Node’s network errors',
  'io/models/find-tls-fault.ts': 'web servers that are called without TLS: they say it in a page',
  'io/models/read-retry-after.ts': 'model providers: the pause that they name',
  'io/models/messages-error.ts': 'Anthropic: three failures that share one code',
  'io/models/adaptation.ts': 'model providers: the parameter that they refuse',
  'io/registries/postgres-connection.ts': 'the PostgreSQL client: errors without a code',
};

const PROSE = '(?:message|title|detail|description|tooltip|summary|reason|hint)';
const READS = '(?:includes|startsWith|endsWith|match|matchAll|search|indexOf)';

/** What code must not do with text for people: read it to decide. */
const PATTERNS = [
  // error.message.includes('…'), title?.startsWith(…)
  new RegExp(String.raw`\b(?:${PROSE}|label)\)?\s*\??\.${READS}\(`, 'g'),
  // /…/.test(error.message)
  new RegExp(String.raw`\.(?:test|exec)\(\s*(?:[\w.?]+\.)?${PROSE}\b`, 'g'),
  // text === 'two words', case 'two words':
  /(?:[!=]==\s*|\bcase\s+)(['"`])[A-Za-z][^'"`\n]*\s[^'"`\n]*\1/g,
];

function decisions(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return PATTERNS.flatMap((pattern) => [...code.matchAll(pattern)].map(([all]) => all));
}

test('nothing decides by the text of a message', () => {
  const found = sourceFiles(...rooms)
    .filter((file) => FOREIGN[file] === undefined)
    .flatMap((file) => decisions(read(file)).map((text) => `${file}: ${text}`));
  assert.deepEqual(found, [], 'give the value a code or a kind');
});

test('every file that reads foreign text still does', () => {
  const idle = Object.keys(FOREIGN).filter((file) => decisions(read(file)).length === 0);
  assert.deepEqual(idle, []);
});

for (const code of [
  `if (trouble.message.includes('promptsmith.budget')) offer();`,
  `if (lens.title?.endsWith(' vs HEAD')) skip();`,
  `if (/closing quote/.test(error.message)) fix();`,
  `if (verdict === 'not satisfied') stop();`,
  `switch (text) { case "no evidence": return 0; }`,
])
  test(`a decision is found in: ${code}`, () => assert.equal(decisions(code).length, 1));

test('codes, kinds and the texts of prompts are no such decision', () => {
  const code = `
    // error.message.includes('x') would be one
    if (error.code === 'ENOENT' || event.kind === 'run-step') stop();
    if (message.content.text.includes('{{')) expand();
    const label = reason === '' ? 'production' : reason;
  `;
  assert.deepEqual(decisions(code), []);
});
