import { test } from 'node:test';
import { cacheBreakingVariable } from '#core/rules/cost/cache-breaking-variable.ts';
import { checkRule, testModels as models } from '../../../support/caret.ts';

/** Each word is one token. */
const rules = (words: number) => `${'word '.repeat(words)}end`;
const known = { models, counted: true };
const file = (content: string, model = 'openai/gpt-4o') =>
  `model: ${model}\nmessages:\n  - role: system\n    content: ${content}\n  - role: user\n    content: "{{question}}"\n`;

test('a variable before long fixed text, with the tokens that could be cached', () => {
  checkRule(
    cacheBreakingVariable,
    `model: openai/gpt-4o
messages:
  - role: system
    content: You help {{shop}}. ${rules(2000)}
                      ^^^^^^^^ info: \`shop\` comes before long fixed text. Moved after it, the provider can cache about 1,920 more tokens
  - role: user
    content: "{{question}}"
`,
    known,
  );
  checkRule(
    cacheBreakingVariable,
    `model: anthropic/claude-sonnet-4-5
messages:
  - role: user
    content: "{{a}} and {{b}}: ${rules(2000)}"
              ^^^^^ info: \`a\`, \`b\` come before long fixed text
`,
    known,
  );
});

test('short prompts, variables at the end, and models without known caching are not reported', () => {
  checkRule(cacheBreakingVariable, file(`You help {{shop}}. ${rules(500)}`), known);
  checkRule(cacheBreakingVariable, file(`${rules(2000)} {{shop}} ${rules(20)}`), known);
  checkRule(cacheBreakingVariable, file(rules(2000)), known);
  checkRule(cacheBreakingVariable, file(`{{shop}} ${rules(2000)}`, 'nobody/knows'), known);
  checkRule(cacheBreakingVariable, file(`{{shop}} ${rules(2000)}`));
});
