import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { formatCount } from '../../models/figures.ts';
import { headSpan } from '../../prompt/locate.ts';
import { child, findEntry } from '../../prompt/node.ts';
import type { PromptCounts } from '../../tokens/counts.ts';

/** A prompt that fills at least this share of the window is a warning. */
const NEAR = 0.8;

export const contextOverflow: Rule = {
  id: 'context-overflow',
  severity: 'error',
  mode: 'recommended',
  group: 'cost',
  tags: ['tokens', 'models'],
  summary: 'A call exceeds, or nearly fills, the model’s context window',
  docs: {
    why: 'Input and answer share the model’s context window. A call that does not fit is rejected or truncated. More than the window is an error, 80 % or more is a warning; the tokens that `maxTokens` reserves for the answer are included. With test rows, each case is counted; without them, the prompt’s own text.',
    bad: `# A test row with a text of 200,000 tokens:
model: openai/gpt-4o
messages:
  - role: user
    content: Summarize {{text}}.`,
    good: `model: openai/gpt-4.1
messages:
  - role: user
    content: Summarize {{text}}.`,
  },
  isReady: ({ models, counts }) => models !== null && counts !== null,
  *check(context) {
    const { prompt, models, counts } = context;
    const window = models?.find(prompt.model)?.contextWindow;
    if (!window || !counts || !prompt.modelNode) return;
    const room = prompt.parameters.maxCompletionTokens ?? prompt.parameters.maxTokens ?? 0;
    const share = (counts.call.max + room) / window;
    if (share >= NEAR) yield report(context, counts, room, window);
  },
};

function report(
  { prompt }: RuleContext,
  { call, cases, exact }: PromptCounts,
  room: number,
  window: number,
): Problem {
  const share = (call.max + room) / window;
  const row = cases.find(({ tokens }) => tokens === call.max)?.row;
  const list = child(prompt.root, 'testData');
  const item = list?.type === 'list' && row !== undefined ? list.items[row] : undefined;
  const answer = room > 0 ? ` and ${formatCount(room)} for the answer` : '';
  const size = `${exact ? '' : '≈ '}${formatCount(call.max)} tokens of input${answer}`;
  const advice =
    'Shorten the prompt or its values, or choose a model with a larger context window.';
  const message =
    share > 1
      ? `${item ? 'A case' : 'A call'} has ${size}, more than the ${formatCount(window)} tokens of \`${prompt.model}\`. ${advice}`
      : `${item ? 'A case' : 'A call'} has ${size}, ${Math.floor(share * 100)} % of the ${formatCount(window)} tokens of \`${prompt.model}\`.`;
  const entry = findEntry(prompt.root, 'model');
  return {
    message,
    span: entry?.value.span ?? { start: 0, end: 0 },
    severity: share > 1 ? 'error' : 'warning',
    ...(item ? { related: [{ message: 'the largest case', span: headSpan(item) }] } : {}),
  };
}
