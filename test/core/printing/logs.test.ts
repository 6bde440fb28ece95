import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeForCiLog, formatWorkflowCommand } from '#core/printing/ci-log.ts';
import { formatJson } from '#core/printing/json.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';

test('a terminal shows escape sequences and obeys none', () => {
  const table: [text: string, shown: string][] = [
    ['\u001b[2J\u001b[1;1H', '␛[2J␛[1;1H'],
    ['\u001b]8;;http://a.example\u0007link\u001b]8;;\u0007', '␛]8;;http://a.example␇link␛]8;;␇'],
    ['\u009b31m', '⟦U+009B⟧31m'],
    ['a\u0008b\u007f', 'a␈b⟦U+007F⟧'],
    ['user\u202etxt.exe', 'user⟦U+202E⟧txt.exe'],
  ];
  for (const [text, shown] of table) assert.equal(escapeForTerminal(text), shown);
});

test('no text writes a workflow command of its own', () => {
  assert.equal(
    formatWorkflowCommand(
      'error',
      { file: 'a:b,c.yml', line: 3, col: undefined },
      '50 %\n::warning::x\r\ny',
    ),
    '::error file=a%3Ab%2Cc.yml,line=3::50 %25%0A::warning::x%0Ay',
  );
  assert.equal(formatWorkflowCommand('notice', {}, '\u001b[31m'), '::notice::␛[31m');
  assert.equal(
    escapeForCiLog('::add-mask::a\n  ::error::b\na::b ##[error]c\n##vso[task.setvariable]d\n:::e'),
    ': :add-mask::a\n  : :error::b\na::b # #[error]c\n# #vso[task.setvariable]d\n: ::e',
  );
});

test('JSON keeps its value and contains nothing that a terminal or a runner obeys', () => {
  const value = {
    'a\u009b': ['\u202e\u2028\u007f\u001b', '##[error]x', '::error::y', 'é😀'],
    b: 1,
  };
  const text = formatJson(value);
  assert.deepEqual(JSON.parse(text), value);
  assert.equal(escapeForTerminal(text), text);
  assert.equal(escapeForCiLog(text), text);
  assert.equal(formatJson({ a: 1 }, 0), '{"a":1}');
});
