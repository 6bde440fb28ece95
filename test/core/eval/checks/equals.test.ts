import { testChecks } from '#test/support/check-rows.ts';

testChecks('equals: the exact text or the JSON value', [
  ['equals with: Paris', 'Paris', 'pass'],
  ['equals with: Paris', 'paris', 'fail', /is not "Paris"/],
  ['equals with: Paris', 'Paris ', 'fail'],
  ['equals with: 1.50', '1.50', 'pass'],
  ['equals with: { value: "{{input}}!" }', 'hello!', 'pass'],
  ['equals with: { value: "{{nope}}" }', 'x', 'error', /\{\{nope\}\} has no value/],
  ['equals with: { value: { a: 1, b: [x] } }', '{"b":["x"],"a":1.0}', 'pass'],
  ['equals with: { value: { a: 1 } }', '{"a":1,"b":2}', 'fail', /not the expected value/],
  ['equals with: { value: { a: 1 } }', 'a: 1', 'fail', /not JSON/],
  ['equals with: [1, 2]', '[1,2]', 'pass'],
  ['equals with: { value: { a: "{{input}}" } }', '{"a":"hello"}', 'pass'],
  ['equals', 'bonjour', 'pass', null, { rows: '- { input: hello, expected: bonjour }' }],
  ['equals', 'x', 'error', /`with` needs `value`, or the row needs `expected`/],
  ['equals', '{"a":[1]}', 'pass', null, { rows: '- { input: hello, expected: { a: [1] } }' }],
  ['equals with: { value: "{{expected}}" }', '[1]', 'pass', null, { rows: '- { expected: [1] }' }],
  ['equals with: { valeu: Paris }', 'Paris', 'error', /unknown parameter `valeu`; known: value/],
  ['not-equals with: Paris', 'London', 'pass'],
  ['not-equals with: Paris', 'Paris', 'fail', /unexpected: the answer is/],
  ['not-equals', 'x', 'error'],
  // what a value brings in is never expanded again
  ['equals with: { value: "{{a}}" }', '{{b}}', 'pass', null, { rows: '- { a: "{{b}}", b: 1 }' }],
]);
