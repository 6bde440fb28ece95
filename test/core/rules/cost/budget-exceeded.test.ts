import { test } from 'node:test';
import { budgetExceeded } from '#core/rules/cost/budget-exceeded.ts';
import { checkRule, testModels as models } from '../../../support/caret.ts';

const known = { models, counted: true };
/** 100 words, 4 for the message and 3 for the answer; acme/chat costs 1 and 2 USD per million. */
const file = (budget: string) =>
  `model: acme/chat
modelParameters: { maxTokens: 1000 }
messages:
  - role: user
    content: "${'word '.repeat(99)}{{text}}"
testData:
  - text: one
  - text: two
${budget}`;

test('input tokens, cost of a call and cost of a run', () => {
  checkRule(
    budgetExceeded,
    file(`budget:
  maxInputTokens: 100
                  ^^^ warning: A call sends up to 107 tokens, but \`budget\` allows 100
  maxCostPerCall: 0.002
                  ^^^^^ warning: A call costs up to $0.0021, but \`budget\` allows $0.002
  maxCostPerRun: 0.004
                 ^^^^^ warning: A run of the 2 test rows costs up to $0.0042
`),
    known,
  );
});

test('limits that are met, and no limits, are not reported', () => {
  checkRule(
    budgetExceeded,
    file('budget: { maxInputTokens: 107, maxCostPerCall: 0.0022, maxCostPerRun: 0.0043 }\n'),
    known,
  );
  checkRule(budgetExceeded, file(''), known);
});

test('an unknown price is not zero, and is not reported', () => {
  const unpriced = file('budget: { maxCostPerCall: 0 }\n').replace(
    'acme/chat',
    'nobody/unheard-of-99',
  );
  checkRule(budgetExceeded, unpriced, known);
});

test('a value longer than its declaration or the settings allow', () => {
  const values = `messages:
  - role: user
    content: "{{text}} {{more}}"
              ^^^^^^^^ warning: A value of \`text\` has 3 tokens, but at most 2 are allowed
testData:
  - text: one two three
    more: one two
`;
  checkRule(budgetExceeded, values, {
    counted: true,
    settings: { variables: { text: { maxTokens: 2 } } },
  });
  checkRule(
    budgetExceeded,
    `variables:
  - { name: more, maxTokens: 1 }
            ^^^^ warning: has 2 tokens
  - { name: text, maxTokens: 3 }
${values.replace(/ +\^.*\n/, '')}`,
    { counted: true, settings: { variables: { text: { maxTokens: 2 } } } },
  );
});
