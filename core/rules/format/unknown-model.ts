import type { Rule } from '../../lint/engine/rule.ts';
import { isEditorModel } from '../../models/model-id.ts';
import { FAMILIES_CHECKED_ON } from '../../models/model-version.ts';
import { replaceScalar } from '../../prompt/edit.ts';
import { listModelPlaces } from './list-model-places.ts';

export const unknownModel: Rule = {
  id: 'unknown-model',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['models'],
  fix: 'unsafe',
  summary: 'The model id is in no catalog',
  docs: {
    why: 'A misspelled id fails with the first call. An unknown model has neither a context window nor a price: its tokens are estimated (`≈`) and its cost is “unknown”. A newer model of a known family, and one of an open family, is an informational finding.',
    bad: `model: openai/gpt-4o-mimi
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/gpt-4o-mini
messages:
  - role: user
    content: Say hello.`,
    unless:
      'The model is your own: set its prices and context window under `models` in `.promptsmith.yaml`.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models }) {
    if (!models) return;
    for (const { id, node, role } of listModelPlaces(prompt)) {
      const known = models.find(id);
      if (known?.isListed || isEditorModel(id)) continue;
      const suggestions = models.suggest(id);
      const names = suggestions.map((name) => `\`${name}\``).join(' or ');
      const what = role === 'judge' ? 'The judge' : 'The model';
      const hint =
        names === ''
          ? 'Correct it, or add it under `models` in `.promptsmith.yaml`.'
          : `Did you mean ${names}?`;
      // A newer model of a known family, or one of the many open ones.
      const isLikely = known !== null && suggestions.length === 0;
      const message = isLikely
        ? `${what} \`${shorten(id)}\` is not in the catalog of ${FAMILIES_CHECKED_ON}, so its context window and cost may be unknown. It is taken to behave like the newest model of its family.`
        : `${what} \`${shorten(id)}\` is not in the catalog, so its context window and cost are unknown. ${hint}`;
      const fixes = node.alias
        ? []
        : suggestions.map((name) => ({
            title: `Change it to \`${name}\``,
            safe: false,
            edits: [replaceScalar(node, prompt.text, name)],
          }));
      yield {
        message,
        span: node.span,
        ...(isLikely ? { severity: 'info' as const } : {}),
        ...(fixes.length > 0 ? { fixes } : {}),
      };
    }
  },
};

function shorten(id: string): string {
  return id.length > 80 ? `${id.slice(0, 80)}…` : id;
}
