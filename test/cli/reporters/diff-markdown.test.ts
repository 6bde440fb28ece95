import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { renderDiffsMarkdown } from '#cli/reporters/diff-markdown.ts';
import type { Change } from '#core/registry/change.ts';

const diff = (name: string, changes: readonly Change[]): PromptDiff => ({
  from: `${name} at main`,
  to: name,
  bump: changes.length === 0 ? 'none' : 'major',
  changes,
  tokens: { from: 10, to: 12 },
  cost: null,
  eval: null,
});

const wording = { name: 'the system message (1)', before: 'Sort it.', after: 'Read it. Sort it.' };

test('words stand once, below the changes of their text', () => {
  const text = renderDiffsMarkdown(
    [
      diff('say', [
        { part: 'messages', bump: 'major', text: 'an instruction was added: “Read it.”', wording },
        { part: 'messages', bump: 'major', text: 'another one was', wording },
        { part: 'model', bump: 'minor', text: 'the model changed' },
        { part: 'metadata', bump: 'patch', text: '`tags` changed: ["a"] → []' },
      ]),
    ],
    [],
    '',
  );
  assert.equal(
    text,
    `### \`say at main\` → \`say\`: major

- **major**: an instruction was added: “Read it.”
- **major**: another one was

  > <strong>Read it.</strong> Sort it.

- minor: the model changed
- patch: \\\`tags\\\` changed: \\["a"\\] → \\[\\]

|  | before | after | change |
| :-- | --: | --: | --: |
| tokens per call | 10 | 12 | \\+2 |
| cost per call | unknown | unknown |  |

Eval: no comparable runs
`,
  );
});

test('the text fits into a comment: words are left out, then prompts', () => {
  const long = Array.from({ length: 400 }, (_, i) => `Rule ${i} of the house.`).join('\n');
  const change: Change = {
    part: 'messages',
    bump: 'major',
    text: 'the system message (1) was added',
    wording: { name: 'the system message (1)', before: '', after: long },
  };
  const many = (n: number) => Array.from({ length: n }, (_, i) => diff(`p${i}`, [change]));
  const some = renderDiffsMarkdown(many(60), [], '');
  assert.ok(some.length < 65_536, String(some.length));
  assert.match(some, /### `p59 at main`/);
  assert.match(some, /The words are left out/);
  const all = renderDiffsMarkdown(many(5000), [{ path: 'new', what: 'added' }], '');
  assert.ok(all.length < 65_536, String(all.length));
  assert.match(all, /^- `new` was added\n/);
  assert.match(
    all,
    /\n4\d{3} more prompts left out: the text would be too long for a comment\.\n$/,
  );
});

test('no difference is one sentence', () => {
  assert.equal(
    renderDiffsMarkdown([], [], 'No differences between *a* and b.'),
    'No differences between \\*a\\* and b.\n',
  );
});
