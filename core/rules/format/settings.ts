import { findClosest } from '../../find-closest.ts';
import type { Fix, Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { renameKey } from '../../prompt/edit.ts';
import { headSpan, nodeAt, spanAt } from '../../prompt/locate.ts';
import { child, findEntry, type MapEntry, type Node } from '../../prompt/node.ts';
import type { SchemaProblem } from '../../schema-messages.ts';

export const settings: Rule = {
  id: 'settings',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['settings'],
  fix: 'unsafe',
  summary: 'A setting in `.promptsmith.yaml` is unknown or has a wrong value',
  needs: 'text',
  appliesTo: 'settings',
  docs: {
    why: 'A setting that cannot be read is ignored and its default applies, so that the project is checked differently from what its file says.',
    bad: `mode: strict
rules:
  unknwon-model: off`,
    good: `mode: pedantic
rules:
  unknown-model: off`,
  },
  *check(context) {
    const { settingsFile } = context.facts;
    if (!settingsFile) return;
    const { root, complaints } = settingsFile;
    for (const complaint of complaints) yield locateComplaint(complaint, root);
    yield* unknownRules(child(root, 'rules'), context);
    const overrides = child(root, 'overrides');
    for (const item of overrides?.type === 'list' ? overrides.items : [])
      yield* unknownRules(child(item, 'rules'), context);
  },
};

function locateComplaint(complaint: SchemaProblem, root: Node | null): Problem {
  const { message, path, unknownKey, knownKeys = [], keyword } = complaint;
  const entry =
    unknownKey === undefined ? undefined : findEntry(nodeAt(root, path.slice(0, -1)), unknownKey);
  if (entry) return reportUnknownName(entry, knownKeys, 'setting');
  const node = nodeAt(root, path);
  const span = node && keyword === 'required' ? headSpan(node) : spanAt(root, path);
  return { message: `${message} The default applies instead.`, span };
}

function* unknownRules(rules: Node | undefined, { ruleIds }: RuleContext): Generator<Problem> {
  for (const entry of rules?.type === 'map' ? rules.entries : [])
    if (!ruleIds.has(entry.key.source)) yield reportUnknownName(entry, [...ruleIds], 'rule');
}

function reportUnknownName(entry: MapEntry, known: readonly string[], what: string): Problem {
  const name = entry.key.source;
  const span = entry.key.span;
  const near = findClosest(name, known);
  const lead = `\`${name.slice(0, 60)}\` is not a ${what} and has no effect`;
  if (near === undefined) return { message: `${lead}.`, span };
  const fix: Fix = {
    title: `Rename it to \`${near}\``,
    safe: false,
    edits: [renameKey(entry, near)],
  };
  return { message: `${lead}. Did you mean \`${near}\`?`, span, fixes: [fix] };
}
