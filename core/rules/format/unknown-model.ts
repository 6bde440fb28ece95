import type { Rule } from '../../lint/engine/rule.ts';
import { isEditorModel } from '../../models/model-id.ts';
import { replaceScalar } from '../../prompt/edit.ts';
import { modelPlaces } from './model-places.ts';

export const unknownModel: Rule = {
  id: 'unknown-model',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['models'],
  fix: 'unsafe',
  summary: 'No catalogue knows the model id',
  docs: {
    why: 'A misspelt id fails with the first call. Of a model that nobody knows there is no window and no price: its tokens are estimated (`≈`) and its cost is “unknown”.',
    bad: `model: openai/gpt-4o-mimi
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/gpt-4o-mini
messages:
  - role: user
    content: Say hello.`,
    unless:
      'The model is your own: give its prices and window under `models` in `.promptsmith.yaml`, and it is known.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models }) {
    if (!models) return;
    for (const { id, node, role } of modelPlaces(prompt)) {
      if (models.find(id) || isEditorModel(id)) continue;
      const suggestions = models.suggest(id);
      const names = suggestions.map((name) => `\`${name}\``).join(' or ');
      const what = role === 'judge' ? 'The judge' : 'The model';
      const hint =
        names === ''
          ? 'correct it, or list it under `models` in `.promptsmith.yaml`.'
          : `did you mean ${names}?`;
      const message = `${what} \`${shorten(id)}\` is in no catalogue, so its window and cost are unknown: ${hint}`;
      const fixes = node.alias
        ? []
        : suggestions.map((name) => ({
            title: `Change it to \`${name}\``,
            safe: false,
            edits: [replaceScalar(node, prompt.text, name)],
          }));
      yield { message, span: node.span, ...(fixes.length > 0 ? { fixes } : {}) };
    }
  },
};

function shorten(id: string): string {
  return id.length > 80 ? `${id.slice(0, 80)}…` : id;
}
