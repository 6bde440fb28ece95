import type { Rule } from '../../lint/engine/rule.ts';
import { formatCount, formatDollars } from '../../models/figures.ts';
import { findEntry } from '../../prompt/node.ts';

export const outputUnbounded: Rule = {
  id: 'output-unbounded',
  severity: 'hint',
  mode: 'recommended',
  group: 'cost',
  tags: ['cost', 'OWASP-LLM10'],
  summary: 'Nothing limits how long the answer may be',
  docs: {
    why: 'Without a limit an answer may be as long as the model can write: one that repeats itself, or one that somebody asked for in the input, costs many times the usual (OWASP LLM10, "Unbounded Consumption"). A limit well above the longest good answer costs nothing.',
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
      message: `Nothing limits the answer: it may have up to ${formatCount(model.maxOutput)} tokens${cost}. Set \`${key}\` above the longest good answer.`,
      span: entry.value.span,
    };
  },
};
