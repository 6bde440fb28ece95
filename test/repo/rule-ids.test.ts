import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { read, rooms, sourceFiles } from './source-files.ts';

/**
 * Ids that are words of their own elsewhere: the kind of a file, of an argument, of a read error. For
 * these only a comparison with an id counts.
 */
const ALSO_WORDS: ReadonlySet<string> = new Set(['schema', 'settings', 'too-large']);

const IDS: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

/** What code must not do with the id of a rule. */
function decisions(source: string): string[] {
  const named = [...source.matchAll(/(['"`])([a-z][a-z0-9-]*)\1/g)]
    .map(([, , text = '']) => text)
    .filter((text) => IDS.has(text) && !ALSO_WORDS.has(text));
  const compared = [...source.matchAll(/\b(?:id|rule|code)\s*[!=]==?\s*(['"`])([^'"`]+)\1/g)]
    .map(([, , text = '']) => text)
    .filter((text) => IDS.has(text));
  const affixes = [
    ...source.matchAll(/\b(?:id|rule|code)\??\.(startsWith|endsWith|includes)\(['"`]([^'"`]+)/g),
  ]
    .filter(([, , text = '']) => [...IDS].some((id) => id.includes(text)))
    .map(([all]) => all);
  return [...named, ...compared, ...affixes];
}

test('nothing outside core/rules decides by the id of a rule', () => {
  const found = sourceFiles(...rooms)
    .filter((file) => !file.startsWith('core/rules/'))
    .flatMap((file) => decisions(read(file)).map((text) => `${file}: ${text}`));
  assert.deepEqual(found, [], 'make it a field of Rule that the rule itself sets');
});

for (const code of [
  `const HIDDEN = new Set(['pii-in-prompt']);`,
  `rules.filter((rule) => rule.id === 'settings')`,
  `if (finding.id.startsWith('unused-')) fade();`,
  `case "retired-model": return strike();`,
])
  test(`a decision is found in: ${code}`, () => assert.equal(decisions(code).length > 0, true));

test('a word that only looks like an id is none', () => {
  assert.deepEqual(decisions(`if (kind === 'settings' || error.kind === 'too-large') stop();`), []);
});
