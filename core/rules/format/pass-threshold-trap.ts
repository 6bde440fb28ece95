import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Evaluator } from '../../prompt/document.ts';
import { insertEntry } from '../../prompt/edit.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { pointAt } from '../../prompt/locate.ts';
import { findEntry, type MapEntry, type MapNode } from '../../prompt/node.ts';

export const passThresholdTrap: Rule = {
  id: 'pass-threshold-trap',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'A graded judge without `threshold` passes answers with 2 of 5 points',
  docs: {
    why: 'A judge passes with any score above 0. The judges under `github/` count 1 to 5 points as 0, 0.25, 0.5, 0.75, 1: an answer with 2 of 5 points passes. The same holds for an `llm` judge whose choices have several scores above 0.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: fluent
    uses: github/fluency`,
    good: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: fluent
    uses: github/fluency
    threshold: 0.75`,
    unless: 'Everything but the worst score shall pass: then write `threshold: 0.25`.',
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      if (findEntry(map, 'threshold') || evaluator.weight === 0) continue;
      const problem =
        githubJudge(evaluator, map, prompt.text) ?? gradedJudge(evaluator, map, prompt.text);
      if (problem) yield problem;
    }
  },
};

const JUDGE = /^github\/(?:similarity|coherence|fluency|relevance|groundedness)$/;

function githubJudge({ body }: Evaluator, map: MapNode, text: string): Problem | null {
  const entry = findEntry(map, 'uses');
  if (!entry || body.type !== 'uses' || !JUDGE.test(body.uses)) return null;
  const message = 'This passes answers that the judge gives 2 of 5 points: set a `threshold`.';
  return { message, span: pointAt(entry), fixes: [fix(map, entry, 0.75, text)] };
}

function gradedJudge({ body }: Evaluator, map: MapNode, text: string): Problem | null {
  const entry = findEntry(map, 'llm');
  if (!entry || body.type !== 'llm') return null;
  const scores = [...new Set(body.choices.map(({ score }) => score))].filter((score) => score > 0);
  if (scores.length < 2) return null;
  const [lowest = 0, ...better] = scores.sort((a, b) => a - b);
  const worst = body.choices.find(({ score }) => score === lowest);
  const message = `This passes with any score above 0, so \`${worst?.choice ?? ''}\` (${lowest}) passes too: set a \`threshold\`.`;
  const next = better.at(-2) ?? better.at(-1) ?? lowest;
  return { message, span: entry.key.span, fixes: [fix(map, entry, next, text)] };
}

function fix(map: MapNode, after: MapEntry, threshold: number, text: string) {
  const edits = [insertEntry(map, 'threshold', String(threshold), text, after)];
  return { title: `Pass from ${threshold} on`, safe: false, edits };
}
