import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import { findReasoningConflicts, type ReasoningLimits } from '../../models/reasoning.ts';
import { resolveApi } from '../../models/resolve-api.ts';
import type { Parameter, Parameters, PromptDocument } from '../../prompt/document.ts';
import { removeEntry, renameKey } from '../../prompt/edit.ts';
import { child, findEntry, type MapEntry, type MapNode } from '../../prompt/node.ts';
import { covers } from '../../text.ts';

export const reasoningParameterConflict: Rule = {
  id: 'reasoning-parameter-conflict',
  severity: 'warning',
  mode: 'recommended',
  group: 'cost',
  tags: ['models'],
  fix: 'unsafe',
  summary: 'A reasoning model does not support one of the parameters',
  docs: {
    why: 'Reasoning models support fewer parameters. OpenAI’s reject a `temperature` other than 1 and require `maxCompletionTokens` instead of `maxTokens`; others ignore such parameters. A rejected parameter fails every call.',
    bad: `model: openai/o3
modelParameters:
  temperature: 0
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/o3
modelParameters:
  reasoningEffort: low
messages:
  - role: user
    content: Say hello.`,
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models, settings }) {
    const { model, parameters, parameterEntries, root } = prompt;
    const limits = models?.find(model)?.reasoning;
    const map = child(root, 'modelParameters');
    if (!limits || map?.type !== 'map') return;
    yield* checkEffort(model, limits, parameterEntries);
    // The other interfaces have one limit, whatever it is called in the file.
    const hasTwoLimits = (resolveApi(model, settings)?.api ?? 'chat') === 'chat';
    for (const { parameter, effect, instead } of findReasoningConflicts(limits, parameters)) {
      const used = parameterEntries.filter(({ name }) => name === parameter);
      const entry = (used.find(({ spelling }) => spelling === parameter) ?? used[0])?.entry;
      if (!entry || (instead !== undefined && !hasTwoLimits)) continue;
      const consequence = effect === 'rejected' ? 'rejects' : 'ignores';
      const tight = instead !== undefined && isTight(limits, prompt.parameters);
      const advice = tight
        ? `. Use \`${instead}\` instead, with room for its thinking, which counts as output.`
        : instead
          ? `. Use \`${instead}\` instead.`
          : '. Remove it.';
      const message = `\`${model}\` is a reasoning model and ${consequence} \`${entry.key.source}: ${entry.value.type === 'scalar' ? entry.value.source : '…'}\`${advice}`;
      const fix = tight ? null : createFix(entry, instead, map, prompt);
      yield { message, span: entry.key.span, ...(fix ? { fixes: [fix] } : {}) };
    }
  },
};

/** Output tokens that a model which thinks should have at least: fewer often end before the answer begins. */
const ROOM = 1000;

/** True if a limit that was meant for an answer alone would end the thinking. */
function isTight({ defaultEffort }: ReasoningLimits, { reasoningEffort, maxTokens }: Parameters) {
  const thinks = (reasoningEffort ?? defaultEffort) !== 'none';
  return thinks && maxTokens !== undefined && maxTokens < ROOM;
}

/** An effort that the model does not have fails the call. */
function* checkEffort(
  model: string | null,
  { efforts }: ReasoningLimits,
  entries: readonly Parameter[],
): Generator<Problem> {
  const given = entries.find(({ name }) => name === 'reasoningEffort');
  if (!given || !efforts || typeof given.value !== 'string' || efforts.includes(given.value))
    return;
  const known = efforts.map((effort) => `\`${effort}\``).join(', ');
  const message = `\`${model}\` does not take \`${given.spelling}: ${given.value}\`; it takes ${known}.`;
  yield { message, span: given.entry.value.span };
}

function createFix(
  entry: MapEntry,
  instead: string | undefined,
  map: MapNode,
  { root, text }: PromptDocument,
): Fix | null {
  if (!covers(map.span, entry.span) || (instead && findEntry(map, instead))) return null;
  if (instead) {
    const edits = [renameKey(entry, instead)];
    return { title: `Rename it to \`${instead}\``, safe: false, edits };
  }
  const holder = findEntry(root, 'modelParameters');
  const isOnly = map.entries.length === 1;
  if (isOnly && (root?.type !== 'map' || !holder)) return null;
  const edits = [
    isOnly && root?.type === 'map' && holder
      ? removeEntry(root, holder, text)
      : removeEntry(map, entry, text),
  ];
  return { title: `Remove \`${entry.key.source}\``, safe: false, edits };
}
