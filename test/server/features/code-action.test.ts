import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { applyEdits } from '#core/text.ts';
import type { Action } from '#server/actions/action.ts';
import { findSmallestEdit } from '#server/actions/source-actions.ts';
import type { Knowledge } from '#server/analysis.ts';
import { findActions } from '#server/features/code-action.ts';
import { analyze, loadKnowledge } from '#test/support/analysis.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

/** A selection runs from `$0` to `§`. */
function actions(marked: string, only: string[] | null = null): { list: Action[]; text: string } {
  const { analysis, cursor } = analyze(marked.replace('§', ''), { knowledge });
  const end = marked.includes('§') ? marked.replace('$0', '').indexOf('§') : cursor;
  return { list: findActions(analysis, { start: cursor, end }, only), text: analysis.text };
}

function applied(marked: string, title: RegExp, only: string[] | null = null): string {
  const { list, text } = actions(marked, only);
  const action = list.find((one) => title.test(one.title));
  assert.ok(action, `${title} is not among: ${list.map((one) => one.title).join(' | ')}`);
  return applyEdits(text, action.edits);
}

const titles = (marked: string, only: string[] | null = null): string[] =>
  actions(marked, only).list.map(({ title }) => title);

test('quick fixes come from the findings, and safe ones are preferred', () => {
  const { list } = actions('modelParameters:\n  max_to$0kens: 1\nmessages: []\n');
  const fix = list.find(
    ({ kind, finding }) => kind === 'quickfix' && finding?.id === 'parameter-spelling',
  );
  assert.equal(fix?.preferred, true);
  assert.equal(
    applied('modelParameters:\n  max_to$0kens: 1\nmessages: []\n', /maxTokens/),
    'modelParameters:\n  maxTokens: 1\nmessages: []\n',
  );
  assert.deepEqual(
    titles('na$0me: x\nmessages:\n  - role: user\n    content: x\n', ['quickfix']),
    [],
  );
});

test('disable for this line: before the key, never inside prompt text', () => {
  assert.equal(
    applied('messages: []\nmodelParameters:\n  max_to$0kens: 1\n', /Disable parameter-spelling/),
    'messages: []\nmodelParameters:\n  # promptsmith-disable-next-line parameter-spelling\n  max_tokens: 1\n',
  );
  assert.equal(
    applied(
      'messages:\n  - role: user\n    content: |\n      a\n      {{ $0x }}\n',
      /Disable foreign-template-syntax/,
    ),
    'messages:\n  - role: user\n    # promptsmith-disable-next-line foreign-template-syntax\n    content: |\n      a\n      {{ x }}\n',
  );
  const twice = 'messages: []\n# promptsmith-disable-next-line other-rule\nmod$0le: 1\n';
  assert.match(applied(twice, /Disable unknown-key/), /other-rule, unknown-key\nmodle/);
});

test('fix all applies every safe fix and no other', () => {
  const before =
    'modelParameters:\n  max_tokens: 1\n  top_p: 1\nmessages:\n  - role: user\n    content: "{{ x }}"\n$0';
  const after = applied(before, /Apply all safe fixes/, ['source.fixAll']);
  assert.equal(
    after,
    'modelParameters:\n  maxTokens: 1\n  topP: 1\nmessages:\n  - role: user\n    content: "{{ x }}"\n',
  );
  assert.deepEqual(titles(after, ['source.fixAll.promptsmith']), []);
  assert.equal(titles(before, ['source.fixAll.eslint']).length, 0);
});

test('aliases are converted to canonical keys', () => {
  const before =
    'modelParameters:\n  max_tokens: 1\nmessages:\n  - role: user\n    content: a\nevaluators:\n  - name: r\n    regex: a+\n$0';
  assert.match(
    applied(before, /Convert aliases to canonical keys/, ['source']),
    /maxTokens: 1.*uses: promptsmith\/regex/s,
  );
});

test('keys are sorted with their comments; files with aliases are left alone', () => {
  const before =
    '# head\n\nmessages:\n  - role: user\n    content: |\n      a\n# why\nmodel: openai/gpt-4o\nname: x$0';
  assert.equal(
    applied(before, /Sort keys/, ['source']),
    '# head\n\nname: x\n# why\nmodel: openai/gpt-4o\nmessages:\n  - role: user\n    content: |\n      a\n',
  );
  assert.deepEqual(
    titles('messages: &a\n  - role: user\n    content: a\nname: x\nmetadata: { m: *a }$0', [
      'source.sortKeys',
    ]),
    [],
  );
  assert.deepEqual(
    titles('name: x\nmodel: openai/gpt-4o\nmessages: []\n$0', ['source.sortKeys']),
    [],
  );
});

test('wrap in tags: on separate lines if the placeholder is alone on its line', () => {
  assert.equal(
    applied('messages:\n  - content: |\n      Text:\n      {{d$0oc}}\n', /Wrap/, ['refactor']),
    'messages:\n  - content: |\n      Text:\n      <doc>\n      {{doc}}\n      </doc>\n',
  );
  assert.equal(
    applied('messages:\n  - content: "Say {{d$0oc}}."\n', /Wrap/),
    'messages:\n  - content: "Say <doc>{{doc}}</doc>."\n',
  );
  assert.ok(
    !titles('messages:\n  - content: "<a>{{d$0oc}}</a>"\n').some((title) =>
      title.startsWith('Wrap'),
    ),
  );
});

const ROWS =
  'messages:\n  - role: user\n    content: "{{a}} {{b$0}}"\ntestData:\n  - a: 1\n    $case: { name: x }\n  - { a: 2 }\n  - a: 3\n    b: 4\n';
test('a missing variable is added to every row', () => {
  assert.equal(
    applied(ROWS, /Add "b" to the 2 rows/),
    ROWS.replace('$0', '')
      .replace('  - a: 1\n', '  - a: 1\n    b: ""\n')
      .replace('{ a: 2 }', '{ a: 2, b: "" }'),
  );
  assert.ok(
    !titles(ROWS.replace('$0', '').replace('{{a}}', '{{a$0}}')).some((title) =>
      title.startsWith('Add "'),
    ),
  );
});

test('a golden case is added, and testData if it is missing', () => {
  assert.match(applied(ROWS, /golden case/), /b: 4\n {2}- a: ""\n {4}b: ""\n {4}expected: ""\n$/);
  assert.match(
    applied('messages:\n  - role: user\n    content: "{{a$0}}"', /golden case/),
    /\ntestData:\n {2}- a: ""\n {4}expected: ""$/,
  );
});

test('selected text becomes a variable: a default, a value in every row, or a declaration', () => {
  assert.equal(
    applied(
      'variables:\n  - name: a\nmessages:\n  - content: |\n      Hi $0dear: friend§ {{a}}\n',
      /Extract/,
    ),
    "variables:\n  - name: a\n  - name: text\n    default: 'dear: friend'\nmessages:\n  - content: |\n      Hi {{text}} {{a}}\n",
  );
  assert.equal(
    applied('messages:\n  - content: "Say $0hi§ {{text}}"\ntestData:\n  - text: 1\n', /Extract/),
    'messages:\n  - content: "Say {{text_2}} {{text}}"\ntestData:\n  - text: 1\n    text_2: hi\n',
  );
  assert.equal(
    applied('messages:\n  - content: "Say $0hi§ {{a}}"\n', /Extract/),
    'messages:\n  - content: "Say {{text}} {{a}}"\nvariables:\n  - name: a\n  - name: text\n    default: hi\n',
  );
  for (const cut of ['"{$0{a}}§"', '"a$0§ b"', '"$0  §"'])
    assert.ok(
      !titles(`messages:\n  - content: ${cut}\n`).some((title) => title.startsWith('Extract')),
      cut,
    );
});

test('every action leaves valid YAML, also with CRLF', () => {
  for (const marked of [
    ROWS,
    'messages:\n  - content: |\n      Text $0one§\n      {{doc}}\nname: x\ntestData:\n  - doc: 1\n',
  ]) {
    for (const text of [marked, marked.replaceAll('\n', '\r\n')]) {
      const { list, text: before } = actions(text);
      assert.ok(list.length > 0);
      for (const { title, edits } of list) {
        const { analysis } = analyze(applyEdits(before, edits));
        assert.equal(analysis.prompt.broken, false, title);
        if (text.includes('\r'))
          assert.ok(!/[^\r]\n/.test(analysis.text), `${title} mixes line breaks`);
      }
    }
  }
});

test('the smallest edit leaves the common prefix and suffix unchanged', () => {
  assert.deepEqual(findSmallestEdit('a\nb\nc', 'a\nB\nc'), {
    span: { start: 2, end: 3 },
    text: 'B',
  });
  assert.equal(findSmallestEdit('a', 'a'), null);
  for (const [before, after] of [
    ['a\r\nb', 'a\rb'],
    ['aa', 'aaa'],
    ['', 'x'],
    ['x\r\n', 'x\r\n\r\n'],
    ['a\r\n', 'a\n'],
  ] as const) {
    const edit = findSmallestEdit(before, after);
    assert.ok(edit);
    assert.equal(applyEdits(before, [edit]), after);
    assert.ok(before.slice(edit.span.start - 1, edit.span.start + 1) !== '\r\n');
  }
});
