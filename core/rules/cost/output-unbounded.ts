import type { Rule } from '../../lint/engine/rule.ts';
import { formatCount, formatDollars } from '../../models/figures.ts';
import { findEntry } from '../../prompt/node.ts';

export const outputUnbounded: Rule = {
  id: 'output-unbounded',
  severity: 'hint',
  mode: 'recommended',
  group: 'cost',
  tags: ['cost', 'OWASP-LLM10'],
  summary: 'The length of the answer is not limited',
  docs: {
    why: 'Without a limit, an answer can be as long as the model can write. One that repeats itself, or one that an attacker asks for in the input, costs many times the usual amount (OWASP LLM10, "Unbounded Consumption"). A limit well above the longest good answer costs nothing.',
    bad: `model: openai/gpt-4o
messages:
  - role: user
    content: "{{question}}"`,
    good: `model: openai/gpt-4o
modelParameters:
  maxTokens: 1000
messages:
  - role: user
    content: "{{question}}"`,
    unless: 'The caller sets the limit.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models }) {
    const { maxTokens, maxCompletionTokens } = prompt.parameters;
    const model = models?.find(prompt.model);
    const entry = findEntry(prompt.root, 'model');
    if (maxTokens !== undefined || maxCompletionTokens !== undefined || !entry) return;
    if (!model || model.local || !model.maxOutput) return;
    const rate = model.prices?.output;
    const cost = rate ? `, ${formatDollars((model.maxOutput * rate) / 1e6)} a call` : '';
    const key = model.reasoning?.needsMaxCompletionTokens ? 'maxCompletionTokens' : 'maxTokens';
    yield {
      message: `The answer is not limited and can have up to ${formatCount(model.maxOutput)} tokens${cost}. Set \`${key}\` above the longest good answer.`,
      span: entry.value.span,
    };
  },
};
