import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { computeHashes } from '#core/eval/hashes.ts';
import { applyFixes } from '#core/lint/engine/fix.ts';
import type { Finding, Fix } from '#core/lint/engine/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { rules } from '#core/rules/index.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { applyEdits } from '#core/text.ts';
import { lintText, testModels as models } from '#test/support/caret.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

const EXAMPLES = new URL('../../../examples/', import.meta.url);
const TEXTS = [
  ...rules.map(({ docs }) => `${docs.bad}\n`),
  ...readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.prompt.yaml'))
    .map((name) => readFileSync(new URL(name, EXAMPLES), 'utf8')),
];

const PIECES = [
  '{{a}}',
  '{{ text }}',
  '{text}',
  '\n',
  '\n  ',
  '\n    - ',
  ' ',
  ': ',
  '- ',
  '"',
  "'",
  '|',
  '>-\n',
  '#',
  '[',
  '{',
  '}',
  'null',
  '0',
  '\\n',
  '&x ',
  '*x',
  '<<: ',
  '# promptsmith-disable-next-line unknown-key, schema\n',
  'max_tokens: 5\n',
  'regex: a\n',
  'threshold: 0\n',
  '\r\n',
  '\t',
  '😀',
];

/** One of our texts with random parts removed, inserted or duplicated. */
function mutated(next: (n: number) => number): string {
  let text = TEXTS[next(TEXTS.length)] ?? '';
  for (let i = next(4); i >= 0; i--) {
    const at = next(text.length + 1);
    const end = Math.min(text.length, at + next(12));
    const kind = next(3);
    const middle = kind === 0 ? '' : kind === 1 ? randomText(next, PIECES, 3) : text.slice(at, end);
    text = text.slice(0, at) + middle + text.slice(kind === 2 ? at : end);
  }
  return text;
}

const known = { models, counted: true, facts: { today: '2026-11-21' } };

test('no text makes a rule throw; every span and edit is inside the text', () => {
  const next = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const text = mutated(next);
    for (const finding of lintText(rules, text, known)) {
      const places = [finding, ...(finding.related ?? [])].map(({ span }) => span);
      for (const { start, end } of places)
        assert.ok(start >= 0 && start <= end && end <= text.length, `${finding.id}\n${text}`);
      for (const fix of finding.fixes ?? []) assertGood(fix, finding, text);
    }
  }
});

/** Checks that a fix can be applied, does not break the file, and keeps requests and verdicts if it is safe. */
function assertGood(fix: Fix, finding: Finding, text: string): void {
  const what = `${finding.id}: ${fix.title}\n${text}`;
  const before = parsePrompt(text);
  let fixed = '';
  assert.doesNotThrow(() => {
    fixed = applyEdits(text, fix.edits);
  }, what);
  assert.notEqual(fixed, text, what);
  const after = parsePrompt(fixed);
  assert.ok(before.broken || !after.broken, `breaks the YAML: ${what}\n--- after\n${fixed}`);
  if (!fix.safe || before.broken || !keepsWhatWasSent(finding.id)) return;
  const [a, b] = [computeHashes(before), computeHashes(after)];
  for (const part of ['prompt', 'checks'] as const)
    assert.equal(a[part], b[part], `changes the ${part}: ${what}\n--- after\n${fixed}`);
  if (finding.id !== 'null-value') assert.equal(a.data, b.data, `changes the data: ${what}`);
}

/** Rules whose files could not be sent before the fix. */
function keepsWhatWasSent(id: string): boolean {
  return id !== 'unquoted-template' && id !== 'yaml-syntax';
}

test('applying all safe fixes terminates and leaves none to apply', () => {
  const next = seededRandom(5);
  for (let round = 0; round < 80; round++) {
    const text = round < TEXTS.length ? (TEXTS[round] ?? '') : mutated(next);
    const input = { settings: DEFAULT_SETTINGS, models, facts: known.facts };
    const fixed = applyFixes({ ...input, prompt: parsePrompt(text) }, rules, { unsafe: false });
    const again = applyFixes({ ...input, prompt: parsePrompt(fixed) }, rules, { unsafe: false });
    assert.equal(again, fixed, text);
  }
});

test('after a fix there are fewer findings of its rule, and no error that was not there', () => {
  const count = (text: string, is: (finding: Finding) => boolean) =>
    lintText(rules, text, known).filter(is).length;
  for (const text of TEXTS)
    for (const { id, fixes = [] } of lintText(rules, text, known))
      for (const fix of fixes) {
        const fixed = applyEdits(text, fix.edits);
        const own = (finding: Finding) => finding.id === id;
        const errors = (finding: Finding) => finding.severity === 'error';
        const what = `${id}: ${fix.title}\n${text}\n--- after\n${fixed}`;
        assert.ok(count(fixed, own) < count(text, own), what);
        assert.ok(count(fixed, errors) <= count(text, errors), what);
      }
});
