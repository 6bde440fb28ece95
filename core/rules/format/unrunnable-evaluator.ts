import { checkName, findCheck } from '../../eval/checks/index.ts';
import { suggestCheck } from '../../eval/checks/suggest-check.ts';
import { validateArguments, validateTransform } from '../../eval/checks/validate-evaluator.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Evaluator } from '../../prompt/document.ts';
import { replaceScalar } from '../../prompt/edit.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { headSpan, pointAt } from '../../prompt/locate.ts';
import { findEntry, type MapEntry, type MapNode, readString } from '../../prompt/node.ts';
import { findCriterion, fixCriterion } from './criterion-fixes.ts';
import { explainInlineFlags } from './inline-flags.ts';

export const unrunnableEvaluator: Rule = {
  id: 'unrunnable-evaluator',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'An evaluator cannot run: its kind is unknown, or a part is missing or wrong',
  docs: {
    why: 'With an evaluator that cannot run, each case ends in an error. Other programs skip such an entry, so that a check that never runs looks like one that passes.',
    bad: `messages:
  - role: user
    content: Say hello.
evaluators:
  - name: valid JSON
    string:
      isJSON: true
  - name: polite
    uses: promptsmith/contians
    with: please`,
    good: `messages:
  - role: user
    content: Say hello.
evaluators:
  - name: valid JSON
    uses: promptsmith/is-json
  - name: polite
    uses: promptsmith/contains
    with: please`,
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const problem = explainEvaluator(evaluator, map, prompt.text);
      if (problem) yield problem;
      const wrong = validateTransform(evaluator);
      const entry = findEntry(map, 'transform');
      if (wrong !== null && entry)
        yield { message: `The transform cannot run: ${wrong}.`, span: pointAt(entry) };
    }
  },
};

function explainEvaluator(evaluator: Evaluator, map: MapNode, text: string): Problem | null {
  const kinds = ['string', 'llm', 'uses'].flatMap((key) => findEntry(map, key) ?? []);
  const [first, second] = kinds;
  if (first && second) {
    const message = `This evaluator runs only \`${first.key.source}\`. Move \`${second.key.source}\` to its own entry.`;
    return { message, span: second.key.span };
  }
  const { body } = evaluator;
  switch (body.type) {
    case 'none': {
      // A kind of the wrong type is reported by the rule `schema`.
      if (first) return null;
      const message = 'This evaluator checks nothing. Add `string`, `llm` or `uses`.';
      return { message, span: headSpan(map) };
    }
    case 'string': {
      if (!first || body.criteria.length > 0) return null;
      const unknown = first.value.type === 'map' ? first.value.entries[0] : undefined;
      const name = unknown ? `\`${unknown.key.source}\` is not a criterion, so ` : '';
      const hint = unknown && findCriterion(unknown.key.source);
      const message = `${name}${name ? 'this' : 'This'} evaluator checks nothing. ${hint ? `Did you mean ${hint}?` : 'Use `equals`, `contains`, `startsWith` or `endsWith`.'}`;
      const fixes = unknown ? fixCriterion(first, unknown, text) : [];
      return {
        message,
        span: unknown?.key.span ?? first.key.span,
        ...(fixes.length > 0 ? { fixes } : {}),
      };
    }
    case 'llm': {
      if (!first || (body.prompt && body.choices.length > 0)) return null;
      const lacks = body.prompt ? '`choices`, each with `choice` and `score`' : 'a `prompt`';
      return { message: `This judge cannot run. Add ${lacks}.`, span: first.key.span };
    }
    case 'uses':
      return checkUses(evaluator, map, text);
    default:
      return body satisfies never;
  }
}

function checkUses(evaluator: Evaluator, map: MapNode, text: string): Problem | null {
  const entry = findEntry(map, 'uses') ?? findEntry(map, 'type') ?? findEntry(map, 'regex');
  if (!entry || evaluator.body.type !== 'uses') return null;
  const check = findCheck(evaluator);
  if ('error' in check) return reportUnknownKind(evaluator.body.uses, entry, text);
  const wrong = validateArguments(check, evaluator);
  if (wrong === null) return null;
  const span = (findEntry(map, 'with') ?? entry).key.span;
  const message = `\`${checkName(check)}\` cannot run: ${wrong}.`;
  return { span, ...(explainInlineFlags(check, evaluator, text) ?? { message }) };
}

/** `entry`: the key whose value names the kind, in the file's own spelling. */
function reportUnknownKind(uses: string, entry: MapEntry, text: string): Problem {
  const { key, value } = entry;
  const written = readString(value) ?? uses;
  const shown = `${key.source}: ${written.length > 60 ? `${written.slice(0, 60)}…` : written}`;
  const meant = suggestCheck(written);
  const hint = meant ? ` Did you mean \`uses: ${meant}\`?` : '';
  const message = `Unknown evaluator \`${shown}\` checks nothing.${hint}`;
  const span = pointAt(entry);
  if (!meant || key.source !== 'uses' || value.type !== 'scalar') return { message, span };
  const edits = [replaceScalar(value, text, meant)];
  return { message, span, fixes: [{ title: `Change it to \`${meant}\``, safe: false, edits }] };
}
