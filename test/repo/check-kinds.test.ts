import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '#core/eval/checks/index.ts';
import { read, rooms, sourceFiles } from './source-files.ts';

const kinds = CHECKS.filter(({ namespace }) => namespace !== 'base').map(({ kind }) => kind);

test('a check says itself what others need of it: nobody else compares with its kind', () => {
  const found = sourceFiles(...rooms)
    .filter((file) => !file.startsWith('core/eval/checks/'))
    .flatMap((file) => findComparisons(read(file)).map((code) => `${file}: ${code}`));
  assert.deepEqual(found, []);
});

test('a comparison with a kind is found, and nothing else', () => {
  const code = `
    if (check.kind === 'similarity') return;
    const isTested = ({ body }) => body.type === 'uses' && body.kind !== "prompt-leak";
    if ('promptsmith/not-contains' === uses) return;
    switch (check.kind) { case 'bleu': return; }
    const RENAMED = { similar: 'similarity' };
    if (finishReason === 'length' || typeof kind === 'string') return;
  `;
  assert.deepEqual(findComparisons(code), [
    "kind === 'similarity'",
    'kind !== "prompt-leak"',
    "'promptsmith/not-contains' === uses",
    "case 'bleu'",
  ]);
});

function findComparisons(code: string): string[] {
  const kind = `['"\`](?:promptsmith/|github/)?(?:not-)?(?:${kinds.join('|')})['"\`]`;
  const value = '\\b(?:kind|uses|checkName\\([^)]*\\))';
  // A switch over a bare `kind` is over something else, such as the criteria of `string`.
  const switched = /\bswitch \((?:(?:\w+\.)*(?:check|body)\.kind|uses|checkName\([^)]*\))\)/.test(
    code,
  );
  const pattern = new RegExp(
    `${value} *[!=]== *${kind}|${kind} *[!=]== *(?:\\w+\\.)*${value}${switched ? `|\\bcase ${kind}` : ''}`,
    'g',
  );
  return [...code.matchAll(pattern)].map(([match]) => match);
}
