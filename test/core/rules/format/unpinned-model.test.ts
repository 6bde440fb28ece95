import { test } from 'node:test';
import { unpinnedModel } from '#core/rules/format/unpinned-model.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const models = await loadCatalogue({ today: '2026-11-21' });
const BODY = 'messages:\n  - role: user\n    content: Hello\n';
const GOAL = `${BODY}acceptance:\n  passRate: 0.9\n`;

test('an alias is reported in a prompt with acceptance criteria, with the newest version', () => {
  checkRule(
    unpinnedModel,
    `model: openai/gpt-4o
       ^^^^^^^^^^^^^ 💡 info: The provider can move \`openai/gpt-4o\` to another version, and earlier results then say nothing about it. Pin a version, such as \`openai/gpt-4o-2024-11-20\`.
${GOAL}`,
    { models },
  );
  checkRule(
    unpinnedModel,
    `model: mistral/mistral-large-latest
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 info: Pin a version, such as \`mistral/mistral-large-2512\`.
${GOAL}`.replace(
      'info: Pin',
      'info: The provider can move `mistral/mistral-large-latest` to another version, and earlier results then say nothing about it. Pin',
    ),
    { models },
  );
});

test('a promotion gate is a reason as well, and both are reported once', () => {
  const marked = `model: gpt-4o-mini
       ^^^^^^^^^^^ 💡 info:
`;
  const settings = { promotion: { production: { gate: 'no-regression' } } };
  checkRule(unpinnedModel, marked + BODY, { models, settings });
  checkRule(unpinnedModel, marked + GOAL, { models, settings });
});

test('no finding without criteria and without a gate', () => {
  checkRule(unpinnedModel, `model: openai/gpt-4o\n${BODY}`, { models });
  const settings = { promotion: { staging: { gate: 'any' }, production: { approvals: 1 } } };
  checkRule(unpinnedModel, `model: openai/gpt-4o\n${BODY}`, { models, settings });
});

test('no finding for pinned, local, unknown and other services’ models, nor for those without dated ids', () => {
  for (const id of [
    'openai/gpt-4o-2024-08-06',
    'openai/gpt-5.6-luna',
    'claude-sonnet-4-5',
    'llama3.1:8b',
    'mistral',
    'deepseek-r1',
    'lab/gpt-4o',
    'azure/gpt-4o',
    'openrouter/openai/gpt-4o',
    'nobody/unheard-of-latest',
    'auto',
    "''",
  ])
    checkRule(unpinnedModel, `model: ${id}\n${GOAL}`, { models });
  checkRule(unpinnedModel, GOAL, { models });
  checkRule(unpinnedModel, `candidates: [openai/gpt-4o]\n${GOAL}`, { models });
});

test('without a catalog, nothing is reported', () => {
  checkRule(unpinnedModel, `model: openai/gpt-4o\n${GOAL}`);
});

test('the fix keeps the spelling of the id', () => {
  const options = { safe: false, models };
  checkFix(
    unpinnedModel,
    `model: gpt-4o # big\n${GOAL}`,
    `model: gpt-4o-2024-11-20 # big\n${GOAL}`,
    options,
  );
  checkFix(
    unpinnedModel,
    `model: "openai:gpt-4o-mini"\n${GOAL}`,
    `model: "openai:gpt-4o-mini-2024-07-18"\n${GOAL}`,
    options,
  );
  checkFix(
    unpinnedModel,
    `model: OpenAI/GPT-4.1\n${GOAL}`,
    `model: OpenAI/gpt-4.1-2025-04-14\n${GOAL}`,
    options,
  );
});
