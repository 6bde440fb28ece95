import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes } from '#core/lint/engine/fix.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { retiredModel } from '#core/rules/format/retired-model.ts';
import { checkFix, checkRule, testModels as models } from '../../../support/caret.ts';

const BODY = 'messages:\n  - role: user\n    content: Hello\n';
const on = (today: string) => ({ models, facts: { today } });

test('a model that is no longer served is a warning, with its successor', () => {
  checkRule(
    retiredModel,
    `model: openai/gpt-4-32k
       ^^^^^^^^^^^^^^^^ 💡 warning: OpenAI retired \`openai/gpt-4-32k\` on 2025-06-06. Use \`gpt-6-luna\` instead
${BODY}`,
    on('2026-11-21'),
  );
});

test('a date within 90 days is informational, a later one is not reported', () => {
  const marked = `model: openai/o3
       ^^^^^^^^^ 💡 info: OpenAI retires \`openai/o3\` on 2026-12-11. Use \`gpt-6.1-sol\` instead
${BODY}`;
  checkRule(retiredModel, marked, on('2026-11-21'));
  checkRule(retiredModel, `model: openai/o3\n${BODY}`, on('2026-09-01'));
  checkRule(
    retiredModel,
    marked.replace(
      'info: OpenAI retires `openai/o3` on 2026-12-11. Use `gpt-6.1-sol` instead',
      'warning: OpenAI planned to retire `openai/o3` on 2026-12-11 (read on 2026-12-01). Use `gpt-6.1-sol` instead',
    ),
    on('2026-12-11'),
  );
});

test('the date of the service that the id names counts', () => {
  checkRule(
    retiredModel,
    `model: github/openai/gpt-4o
       ^^^^^^^^^^^^^^^^^^^^ warning: GitHub Models retired \`github/openai/gpt-4o\` on 2026-07-30. Choose another model
${BODY}`,
    on('2026-11-21'),
  );
});

test('judges and candidates are checked too', () => {
  checkRule(
    retiredModel,
    `candidates: [openai/gpt-4-32k]
             ^^^^^^^^^^^^^^^^ 💡
${BODY}`,
    on('2026-11-21'),
  );
});

test('the successor keeps the spelling of the id', () => {
  const options = { safe: false, ...on('2025-08-01') };
  checkFix(
    retiredModel,
    `model: gpt-4-32k # big\n${BODY}`,
    `model: gpt-4o # big\n${BODY}`,
    options,
  );
  checkFix(
    retiredModel,
    `model: openai/gpt-4-32k\n${BODY}`,
    `model: openai/gpt-4o\n${BODY}`,
    options,
  );
});

test('models in service, unknown ones and none are fine', () => {
  for (const id of ['openai/gpt-5.6-sol', 'acme/chat', 'nobody/unheard-of-99', 'auto', "''"])
    checkRule(retiredModel, `model: ${id}\n${BODY}`, on('2026-11-21'));
  checkRule(retiredModel, BODY, on('2026-11-21'));
});

test('without a catalog, nothing is reported', () => {
  checkRule(retiredModel, `model: openai/gpt-4-32k\n${BODY}`, { facts: { today: '2026-11-21' } });
});

test('a successor that retires within 90 days itself is not suggested', () => {
  checkFix(
    retiredModel,
    `candidates: [openai/gpt-4-32k]\n${BODY}`,
    `candidates: [openai/gpt-6-luna]\n${BODY}`,
    { safe: false, ...on('2026-11-21') },
  );
});

test('a successor that thinks is told not to, so that limits and temperature stay what they were', () => {
  const options = { safe: false, ...on('2026-11-21') };
  checkFix(
    retiredModel,
    `model: openai/gpt-4-32k\nmodelParameters:\n  temperature: 0\n${BODY}`,
    `model: openai/gpt-6-luna\nmodelParameters:\n  temperature: 0\n  reasoningEffort: none\n${BODY}`,
    options,
  );
  checkFix(
    retiredModel,
    `model: openai/gpt-4-32k\n${BODY}`,
    `model: openai/gpt-6-luna\nmodelParameters:\n  reasoningEffort: none\n${BODY}`,
    options,
  );
  // One that thought before goes on thinking.
  checkFix(
    retiredModel,
    `model: openai/o3\n${BODY}`,
    `model: openai/gpt-6.1-sol\n${BODY}`,
    options,
  );
  checkFix(
    retiredModel,
    `model: openai/gpt-4-32k\nmodelParameters: { reasoningEffort: low }\n${BODY}`,
    `model: openai/gpt-6-luna\nmodelParameters: { reasoningEffort: low }\n${BODY}`,
    options,
  );
});

test('no model is compared with itself: a candidate whose successor is there is removed', () => {
  const input = (text: string) => ({ prompt: parsePrompt(text), ...on('2026-11-21') });
  const fixed = (text: string) => applyFixes(input(text), [retiredModel], { unsafe: true });
  const rest = `modelParameters:\n  reasoningEffort: none\n${BODY}`;
  assert.equal(
    fixed(
      `model: openai/gpt-4-32k\ncandidates:\n  - openai/gpt-4-32k-0613\n  - openai/gpt-5.6-sol\n${BODY}`,
    ),
    `model: openai/gpt-6-luna\n${rest.replace(BODY, '')}candidates:\n  - openai/gpt-5.6-sol\n${BODY}`,
  );
  assert.equal(
    fixed(`model: gpt-6-luna\ncandidates:\n  - openai/gpt-4-32k\n${BODY}`),
    `model: gpt-6-luna\n${BODY}`,
  );
});
