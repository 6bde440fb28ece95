import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { formatCount } from '../../models/figures.ts';
import { headSpan } from '../../prompt/locate.ts';
import { child, findEntry } from '../../prompt/node.ts';
import type { PromptCounts } from '../../tokens/counts.ts';

/** Share of the window from which a prompt is a warning. */
const NEAR = 0.8;

export const contextOverflow: Rule = {
  id: 'context-overflow',
  severity: 'error',
  mode: 'recommended',
  group: 'cost',
  tags: ['tokens', 'models'],
  summary: 'A call does not fit the model’s context window',
  docs: {
    why: 'Input and answer share the model’s window. A call that does not fit is refused, or its beginning is cut off. Beyond the window is an error, from 80 % a warning; the room that `maxTokens` keeps for the answer counts. With test rows each case is counted, without any the prompt’s own text.',
    bad: `# A test row with a text of 200,000 tokens:
model: openai/gpt-4o
messages:
  - role: user
    content: Summarise {{text}}.`,
    good: `model: openai/gpt-4.1
messages:
  - role: user
    content: Summarise {{text}}.`,
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
  const advice = 'shorten the prompt or its values, or choose a model with a larger window.';
  const message =
    share > 1
      ? `This does not fit the window of \`${prompt.model}\`, ${formatCount(window)} tokens: ${item ? 'a case has' : 'a call has'} ${size}. To mend it, ${advice}`
      : `This fills ${Math.floor(share * 100)} % of the window of \`${prompt.model}\`, ${formatCount(window)} tokens: ${item ? 'a case has' : 'a call has'} ${size}.`;
  const entry = findEntry(prompt.root, 'model');
  return {
    message,
    span: entry?.value.span ?? { start: 0, end: 0 },
    severity: share > 1 ? 'error' : 'warning',
    ...(item ? { related: [{ message: 'the largest case', span: headSpan(item) }] } : {}),
  };
}
