import { findCheck } from '../../eval/checks/index.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import type { Evaluator } from '../../prompt/document.ts';
import { detectLineBreak, renameKey, replaceScalar } from '../../prompt/edit.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { findEntry, type MapNode } from '../../prompt/node.ts';
import { covers, type Edit } from '../../text.ts';

export const evaluatorAlias: Rule = {
  id: 'evaluator-alias',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'safe',
  summary: 'An evaluator uses the spelling of another tool',
  convertsAliases: true,
  docs: {
    why: 'Promptsmith reads `regex: …` and `type: contains` with `value` or `pattern` as the kinds they mean. Readers of the base format support neither and run nothing. Completion, hover and other files use the canonical form.',
    bad: `messages:
  - role: user
    content: Say hello.
evaluators:
  - name: greets
    regex: "(?i:hello)"`,
    good: `messages:
  - role: user
    content: Say hello.
evaluators:
  - name: greets
    uses: promptsmith/regex
    with: "(?i:hello)"`,
    unless: 'The file is shared with the tool that uses this spelling.',
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const entry = evaluator.aliasOf && findEntry(map, evaluator.aliasOf);
      // Unknown kinds are reported by `unrunnable-evaluator`.
      if (!entry || 'error' in findCheck(evaluator) || evaluator.body.type !== 'uses') continue;
      const { uses } = evaluator.body;
      const message = `Other readers of the format skip this evaluator. Write it as \`uses: ${uses}\`.`;
      const edits = writeCanonical(evaluator, map, prompt.text);
      const fix = edits && { title: `Write it as \`uses: ${uses}\``, safe: true, edits };
      yield { message, span: entry.key.span, ...(fix ? { fixes: [fix] } : {}) };
    }
  },
};

/** Writes the edits to `uses` and `with`; null if other keys or comments prevent them. */
function writeCanonical({ body, aliasOf }: Evaluator, map: MapNode, text: string): Edit[] | null {
  if (
    body.type !== 'uses' ||
    findEntry(map, 'with') ||
    !map.entries.every((e) => covers(map.span, e.span))
  )
    return null;
  const entry = findEntry(map, aliasOf ?? '');
  if (!entry) return null;
  if (aliasOf === 'regex') {
    const isWhole = entry.value === body.with;
    if (!isWhole && (entry.value.type !== 'map' || entry.value.entries.length !== 1)) return null;
    const indent = entry.key.span.start - (text.lastIndexOf('\n', entry.key.span.start - 1) + 1);
    const gap = map.flow ? ', ' : detectLineBreak(text) + ' '.repeat(indent);
    const head = `uses: ${body.uses}${gap}with`;
    if (isWhole || !body.with) return [{ span: entry.key.span, text: head }];
    // `regex: {pattern: "…"}`: the text around the pattern is removed.
    const before = { start: entry.key.span.start, end: body.with.span.start };
    const after = { start: body.with.span.end, end: entry.value.span.end };
    if (
      body.with.alias ||
      /#/.test(text.slice(before.start, before.end) + text.slice(after.start, after.end))
    )
      return null;
    return [
      { span: before, text: `${head}: ` },
      ...(after.end > after.start && entry.value.type === 'map' && entry.value.flow
        ? [{ span: after, text: '' }]
        : []),
    ];
  }
  const values = ['pattern', 'value'].flatMap((key) => findEntry(map, key) ?? []);
  if (values.length > 1 || entry.value.type !== 'scalar' || entry.value.alias) return null;
  return [
    renameKey(entry, 'uses'),
    replaceScalar(entry.value, text, body.uses),
    ...values.map((value) => renameKey(value, 'with')),
  ];
}
