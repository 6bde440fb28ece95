import { jsonEquals } from '../../json.ts';
import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import { resolveApi } from '../../models/resolve-api.ts';
import type { Parameter, PromptDocument } from '../../prompt/document.ts';
import { removeEntry, renameKey } from '../../prompt/edit.ts';
import { child, findEntry, type MapNode, readString, toJson } from '../../prompt/node.ts';
import { covers } from '../../text.ts';
import { findReaders, type Readers } from './parameter-readers.ts';

export const parameterSpelling: Rule = {
  id: 'parameter-spelling',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  fix: 'safe',
  summary: 'A parameter is written in snake_case, which some programs ignore',
  convertsAliases: true,
  docs: {
    why: 'The format spells its keys in camelCase. Promptsmith reads `max_tokens` as `maxTokens`, but GitHub’s tools silently ignore it, so the length of the answer is not limited; only `github/ai-assessment-comment-labeler` reads `max_tokens` and nothing else. When `target` in the settings names one of them, this is a warning.',
    bad: `messages:
  - role: user
    content: Say hello.
modelParameters:
  max_tokens: 100`,
    good: `messages:
  - role: user
    content: Say hello.
modelParameters:
  maxTokens: 100`,
    unless: 'Only Promptsmith reads the file.',
  },
  *check({ prompt, settings, models, facts }) {
    const severity = settings.target === 'generic' ? 'info' : 'warning';
    const readers = findReaders(facts.callSites ?? [], settings.target);
    const map = child(prompt.root, 'modelParameters');
    const reasoning = models?.find(prompt.model)?.reasoning;
    const hasTwoLimits = (resolveApi(prompt.model, settings)?.api ?? 'chat') === 'chat';
    for (const parameter of prompt.parameterEntries) {
      const isAlias = parameter.spelling !== parameter.name;
      // The model refuses the correct spelling too: `reasoning-parameter-conflict` suggests what to write.
      const isRefused = hasTwoLimits && reasoning?.needsMaxCompletionTokens;
      if (parameter.name === 'maxTokens' && isRefused) continue;
      const isHere = map?.type === 'map' && covers(map.span, parameter.entry.span);
      if (isAlias && isHere) yield { ...checkParameter(parameter, map, prompt, readers), severity };
    }
    const format = checkResponseFormat(prompt);
    if (format) yield { ...format, severity };
  },
};

function checkParameter(
  parameter: Parameter,
  map: MapNode,
  { text, parameters }: PromptDocument,
  { oldOnly, newOnly }: Readers,
): Problem {
  const { name, spelling, entry, value } = parameter;
  const span = entry.key.span;
  const own = findEntry(map, name);
  if (!own) {
    const isOld = spelling === 'max_tokens' ? oldOnly : null;
    if (isOld !== null) {
      const message = `${isOld} reads only \`${spelling}\`; GitHub’s other tools read only \`${name}\`, and Promptsmith both. Keep it for this caller.`;
      return { message, span };
    }
    const fix: Fix = {
      title: `Rename it to \`${name}\``,
      // A program that ignored it would apply it from now on.
      safe: newOnly === null,
      edits: [renameKey(entry, name)],
    };
    const message =
      newOnly === null
        ? `GitHub’s tools silently ignore \`${spelling}\`. Use the format’s spelling, \`${name}\`.`
        : `${newOnly} silently ignores \`${spelling}\`. With the format’s spelling, \`${name}\`, it will apply there, too.`;
    return { message, span, fixes: [fix] };
  }
  const related = [{ message: `\`${name}\``, span: own.key.span }];
  const wins = jsonEquals(parameters[name], toJson(own.value));
  if (!wins) {
    const message = `\`${name}\` has no valid value, so \`${spelling}\` applies here. Correct \`${name}\`, which every program reads.`;
    return { message, span, related };
  }
  const message = jsonEquals(parameters[name], value)
    ? `\`${spelling}\` repeats \`${name}\`. Keep only \`${name}\`, which every program reads.`
    : `\`${spelling}\` has no effect, because \`${name}\` is set too. Remove it.`;
  const edits = [removeEntry(map, entry, text)];
  const fix: Fix = { title: `Remove \`${spelling}\``, safe: true, edits };
  return { message, span, related, fixes: [fix] };
}

/** Reports `response_format` at the top level, as a string or as `{type: …}`. */
function checkResponseFormat({ root, text }: PromptDocument): Problem | null {
  const entry = findEntry(root, 'response_format');
  if (!entry || root?.type !== 'map') return null;
  const span = entry.key.span;
  if (findEntry(root, 'responseFormat')) {
    const message =
      '`response_format` has no effect, because `responseFormat` is set too. Remove it.';
    const edits = [removeEntry(root, entry, text)];
    return { message, span, fixes: [{ title: 'Remove `response_format`', safe: true, edits }] };
  }
  if (readString(entry.value) === undefined) return null;
  const message =
    'Other programs silently ignore `response_format`. Use the format’s spelling, `responseFormat`.';
  const edits = [renameKey(entry, 'responseFormat')];
  return { message, span, fixes: [{ title: 'Rename it to `responseFormat`', safe: true, edits }] };
}
