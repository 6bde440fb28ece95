import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from '#core/prompt/template.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { TemplateCounter } from '#core/tokens/template-counter.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { randomText, seededRandom } from '../../support/random.ts';
import { BLANKS, EDGES, oddText } from '../../support/token-corpus.ts';
import { encoderOf } from '../../support/token-tables.ts';

const encoder = await encoderOf('o200k_base');
const counter = createTableCounter(
  { encoding: 'o200k_base', exact: true },
  encoder,
  new TokenMemo(),
);

test('a template counts as much as its rendered text', () => {
  const next = seededRandom(11);
  const pieces = [
    '{{a}}',
    '{{b}}',
    '{{none}}',
    'Some words ',
    'end\nStart',
    '\n',
    ' ',
    ...EDGES,
    ...BLANKS,
  ];
  for (let i = 0; i < 3000; i++) {
    const text = randomText(next, pieces, 24);
    const template = new TemplateCounter(text, counter);
    for (let call = 0; call < 3; call++) {
      const values = new Map([
        ['a', next(4) ? oddText(next) : ''],
        ['b', oddText(next)],
      ]);
      const rendered = render(text, (name) => values.get(name)).text;
      const count = template.count((name) => values.get(name));
      assert.equal(count, encoder.count(rendered), JSON.stringify({ text, a: values.get('a') }));
    }
  }
});

test('keys of any form are counted with their values', () => {
  const keys = new Set(['Size (cm)']);
  const template = new TemplateCounter('Größe {{größe}}: {{Size (cm)}} {{Ok?}}', counter, keys);
  assert.deepEqual(template.names, ['größe', 'Size (cm)']);
  const values = new Map([
    ['größe', 'XL'],
    ['Size (cm)', '{{größe}}'],
  ]);
  assert.equal(
    template.count((name) => values.get(name)),
    encoder.count('Größe XL: {{größe}} {{Ok?}}'),
  );
});

test('only the words beside a placeholder are counted anew', () => {
  const text = `${'Rules come first. '.repeat(500)}The issue is {{issue}} and {{other}}.\n${'Then more rules. '.repeat(500)}`;
  const template = new TemplateCounter(text, counter);
  assert.deepEqual(template.names, ['issue', 'other']);
  assert.ok(template.seamLength < 20, `${template.seamLength}`);
});

test('a text without cuts is one seam', () => {
  const template = new TemplateCounter('{{a}}-{{b}}!{{a}}', counter);
  assert.deepEqual(template.names, ['a', 'b', 'a']);
  assert.equal(template.seamLength, 2);
  assert.equal(
    template.count(() => 'x'),
    encoder.count('x-x!x'),
  );
});

test('a scale is applied to the sum, not to each part', () => {
  const scaled = createTableCounter(
    { encoding: 'o200k_base', exact: false, scale: 1.4 },
    encoder,
    new TokenMemo(),
  );
  const text = 'one {{a}} two {{a}} three {{a}} four';
  const tokens = encoder.count('one x two x three x four');
  assert.equal(
    new TemplateCounter(text, scaled).count(() => 'x'),
    Math.round(1.4 * tokens),
  );
});

test('counted apart, the parts add up', () => {
  const template = new TemplateCounter('<{{a}}><{{b}}>', counter);
  const parts = encoder.count('<') + 5 + encoder.count('><') + 5 + encoder.count('>');
  assert.equal(
    template.countApart(() => 5),
    parts,
  );
});
