import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { reparsePrompt } from '#core/prompt/reparse.ts';
import { findPlaceholders, isName, render, splitTemplate } from '#core/prompt/template.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

/** What `{{…}}` is without knowing any key. */
const TEXTS: [text: string, names: readonly string[]][] = [
  ['{{a}} {{a.b-c_1}} {{0}}', ['a', 'a.b-c_1', '0']],
  ['{{größe}} {{имя}} {{名前}} {{नाम}} {{اسم}}', ['größe', 'имя', '名前', 'नाम', 'اسم']],
  ['{{Standard Question}} {{a/b}} {{user’s}}', ['Standard Question', 'a/b', 'user’s']],
  ["{{user's}}", ["user's"]],
  // What other tools mean.
  ['{{ a }} {{a }} {{ größe}}', []],
  ['{{a | upper}} {{#if a}} {{/if}} {{^a}} {{> a}} {{! a}}', []],
  ['{{if a}} {{range items}} {{else if b}}', []],
  ['{{"a": 1}} {{x + y}} {{f(x)}} {{a, b}} {{a  b}}', []],
  // Braces.
  ['{{{a}}}', ['a']],
  ['{{a{{b}}c}}', ['b']],
  ['{{"}}"}}', []],
  ['{{}} {{a\nb}} {{a} }', []],
];

test('a placeholder is a name of any script between two braces', () => {
  for (const [text, names] of TEXTS) {
    const found = findPlaceholders(text);
    assert.deepEqual(
      found.map(({ name }) => name),
      names,
      text,
    );
    for (const { name, start, end } of found) assert.equal(text.slice(start, end), `{{${name}}}`);
  }
});

test('any key that has a value is a placeholder; values are never expanded', () => {
  const values = new Map([
    ['Size (cm)', '{{größe}}'],
    ['größe', 'XL {{Size (cm)}}'],
    [' a ', 'A'],
  ]);
  const { text, missing, parts } = render(
    '{{Size (cm)}}/{{größe}}/{{ a }}/{{ b }}/{{Farbe}}/{{Länge (cm)}}',
    (name) => values.get(name),
    new Set(['Länge (cm)']),
  );
  assert.equal(text, '{{größe}}/XL {{Size (cm)}}/A/{{ b }}/{{Farbe}}/{{Länge (cm)}}');
  assert.deepEqual(missing, ['Farbe', 'Länge (cm)']);
  assert.equal(parts.map(({ span }) => text.slice(span.start, span.end)).join(''), text);
  assert.deepEqual(splitTemplate('a{{Size (cm)}}b', new Set(['Size (cm)'])), [
    'a',
    'Size (cm)',
    'b',
  ]);
});

const ODD = `variables:
  "C#": one
messages:
  - role: user
    content: "{{Size (cm)}} {{C#}} {{Ok?}} {{inner!}} {{ticket}}"
testData:
  - Size (cm): 4
    ticket: 1
  - inputs: { "inner!": 2 }
evaluators:
  - string: { contains: "{{Size (cm)}}" }
  - llm: { prompt: "{{Size (cm)}} {{completion}}" }
`;

test('keys of rows and declarations that are no names make placeholders in messages and evaluators', () => {
  const prompt = parsePrompt(ODD);
  const [message] = prompt.messages;
  assert.deepEqual(
    message?.content?.placeholders.map(({ nameSpan }) => ODD.slice(nameSpan.start, nameSpan.end)),
    ['Size (cm)', 'C#', 'inner!', 'ticket'],
  );
  const [contains, judge] = prompt.evaluators;
  assert.ok(contains?.body.type === 'string' && judge?.body.type === 'llm');
  assert.equal(contains.body.criteria[0]?.template.placeholders[0]?.name, 'Size (cm)');
  assert.equal(judge.body.prompt?.placeholders.length, 2);
});

test('an edit of a row’s key changes what the messages’ placeholders are', () => {
  const before = parsePrompt(ODD);
  const text = ODD.replace('Size (cm): 4', 'Size (in): 4');
  const after = reparsePrompt(before, text);
  assert.deepEqual(
    after.messages[0]?.content?.placeholders.map(({ name }) => name),
    ['C#', 'inner!', 'ticket'],
  );
  assert.deepEqual([...after.oddKeys].sort(), ['C#', 'Size (in)', 'inner!']);
});

test('placeholders are found in linear time', () => {
  for (const piece of ['{', '{{', '{{a', '{{a ', '{{ä b', '{{a}}', "{{'", '{{ä}}']) {
    const text = piece.repeat(1_000_000 / piece.length);
    const start = cpuMs();
    findPlaceholders(text);
    isName('ä '.repeat(500_000));
    assert.ok(cpuMs() - start < 1500, `${piece}: ${cpuMs() - start} ms`);
  }
});
