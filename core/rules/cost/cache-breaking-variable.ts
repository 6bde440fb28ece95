import type { Rule } from '../../lint/engine/rule.ts';
import { countCacheableTokens, estimateCacheSaving } from '../../models/cacheable-prefix.ts';
import { formatCount, formatDollars } from '../../models/figures.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Placeholder } from '../../prompt/template.ts';

export const cacheBreakingVariable: Rule = {
  id: 'cache-breaking-variable',
  severity: 'info',
  mode: 'recommended',
  group: 'cost',
  tags: ['cost'],
  summary: 'A variable before long fixed text prevents the provider from caching that text',
  docs: {
    why: 'Providers charge less for the beginning of a prompt that recent calls share, up to the first difference and above a minimum length. A variable near the top makes everything after it new in every call. The finding estimates how many tokens, and how much per 1,000 calls, you save by moving the variable to the end, where the model’s caching is documented.',
    bad: `# 2,000 tokens of rules follow the first line
model: openai/gpt-4o
messages:
  - role: system
    content: |
      You help customers of {{shop}}.
      These are the rules: …
  - role: user
    content: "{{question}}"`,
    good: `model: openai/gpt-4o
messages:
  - role: system
    content: |
      You help customers of a shop.
      These are the rules: …
      The shop is {{shop}}.
  - role: user
    content: "{{question}}"`,
    unless: 'Calls are so rare that the cache expires between them.',
  },
  isReady: ({ models, counts }) => models !== null && counts !== null,
  *check({ prompt, models, counts }) {
    const model = models?.find(prompt.model);
    if (!model?.caching || !counts || counts.static < model.caching.minTokens) return;
    const { stretch, before, letters } = findLongestAfterVariable(prompt);
    const [first] = before;
    if (!first || stretch === 0) return;
    // Tokens are counted for whole texts, so those of a part are estimated by its share of the characters.
    const moved = Math.floor((counts.static * stretch) / Math.max(1, letters));
    const now = countCacheableTokens(model.caching, counts.cacheablePrefix);
    const gained = countCacheableTokens(model.caching, moved) - now;
    if (gained <= 0) return;
    const saving = model.prices && estimateCacheSaving(model.prices, gained, counts.call.median);
    const names = [...new Set(before.map(({ name }) => `\`${name}\``))];
    const money = saving
      ? `, which saves about ${formatDollars(saving * 1000)} per 1,000 calls`
      : '';
    const how = model.caching.automatic ? '' : ' where the request asks for caching';
    yield {
      message: `${names.length > 3 ? `${names.length} variables` : names.join(', ')} ${names.length === 1 ? 'comes' : 'come'} before long fixed text. Moved after it, the provider can cache about ${formatCount(gained)} more tokens${how}${money}.`,
      span: first.span,
    };
  },
};

interface Stretch {
  /** Characters of fixed text up to the end of the longest run after a placeholder. */
  readonly stretch: number;
  /** The placeholders before that run. */
  readonly before: readonly Placeholder[];
  /** Characters of fixed text in all messages. */
  readonly letters: number;
}

function findLongestAfterVariable({ messages }: PromptDocument): Stretch {
  const placeholders: Placeholder[] = [];
  let [letters, own, longest] = [0, 0, 0];
  let found = { stretch: 0, placeholders: 0 };
  const addFixed = (length: number): void => {
    letters += length;
    own += length;
    if (placeholders.length === 0 || own <= longest) return;
    longest = own;
    found = { stretch: letters, placeholders: placeholders.length };
  };
  for (const { content } of messages) {
    if (!content) continue;
    let from = 0;
    for (const placeholder of content.placeholders) {
      addFixed(placeholder.value.start - from);
      placeholders.push(placeholder);
      own = 0;
      from = placeholder.value.end;
    }
    addFixed(content.text.length - from);
  }
  return { stretch: found.stretch, before: placeholders.slice(0, found.placeholders), letters };
}
