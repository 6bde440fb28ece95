import { splitSystemMessages } from '../../eval/plan/split-system-messages.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { findReasoningConflicts } from '../../models/reasoning.ts';
import type { RequestChange } from '../../models/request-change.ts';
import { type ResolvedApi, resolveApi } from '../../models/resolve-api.ts';
import { selectParameters } from '../../models/select-parameters.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { findEntry, type Json, type MapEntry } from '../../prompt/node.ts';

export const parameterNotSent: Rule = {
  id: 'parameter-not-sent',
  severity: 'info',
  mode: 'recommended',
  group: 'cost',
  tags: ['models'],
  summary:
    'The interface of the model has no place for a part of the prompt, or takes it in another form',
  docs: {
    why: 'Models are called through different interfaces, and each takes other parameters: OpenAI’s Responses API has no `seed` and no `stop`, Anthropic’s Messages API no penalties and no `temperature` above 1, VS Code’s own models take no parameters at all. Such a part is not sent, or changed, and answers may differ from what the file promises. Reports of evals and the playground say the same of each answer. What a reasoning model refuses is found by `reasoning-parameter-conflict`. The table of all interfaces is in `docs/providers.md`.',
    bad: `model: openai/o3-pro
modelParameters:
  reasoningEffort: low
  seed: 7
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/o3-pro
modelParameters:
  reasoningEffort: low
messages:
  - role: user
    content: Say hello.`,
    unless: 'Other programs send the file too, or other models that take the parameter.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models, settings }) {
    const resolved = models && resolveApi(prompt.model, settings);
    if (!resolved) return;
    const limits = models.find(prompt.model)?.reasoning;
    const conflicts = limits ? findReasoningConflicts(limits, prompt.parameters) : [];
    const refused = conflicts.filter(({ instead }) => instead === undefined);
    const reported = new Set<string>(refused.map(({ parameter }) => parameter));
    for (const { key, effect, reason } of listChanges(prompt, resolved)) {
      // A parameter that goes under another name loses nothing.
      if (effect === 'renamed' || reported.has(key)) continue;
      const entry = findChanged(prompt, key);
      if (!entry) continue;
      const name = `\`${entry.key.source}\``;
      const message =
        effect === 'left-out'
          ? `${name} is not sent: ${reason}. Remove it, unless other models take it.`
          : `${name} is not sent as it stands: ${reason}.`;
      yield { message, span: entry.key.span };
    }
  },
};

function listChanges(prompt: PromptDocument, resolved: ResolvedApi): readonly RequestChange[] {
  const { parameters, responseFormat } = prompt;
  const jsonSchema = parseJson(prompt.jsonSchema?.value);
  const { changes } = selectParameters({
    ...resolved,
    parameters,
    ...(responseFormat === null ? {} : { responseFormat }),
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
  });
  if (resolved.api !== 'messages') return changes;
  const messages = prompt.messages.flatMap(({ role, content }) =>
    role === null || content === null ? [] : [{ role, content: content.text }],
  );
  return [...changes, ...splitSystemMessages(resolved.model, messages).changes];
}

/** The entry of the file that a change is about; undefined where the file says nothing. */
function findChanged(
  { parameterEntries, root }: PromptDocument,
  key: RequestChange['key'],
): MapEntry | undefined {
  const used = parameterEntries.filter(({ name }) => name === key);
  const parameter = used.find(({ spelling }) => spelling === key) ?? used[0];
  if (parameter) return parameter.entry;
  if (key === 'role') return findEntry(root, 'messages');
  const alias = key === 'responseFormat' ? 'response_format' : key;
  return findEntry(root, key) ?? findEntry(root, alias);
}

function parseJson(text: unknown): Json | undefined {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}
