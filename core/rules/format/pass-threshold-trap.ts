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
    why: 'A judge passes with any score above 0. The judges under `github/` map 1 to 5 points to 0, 0.25, 0.5, 0.75 and 1, so an answer with 2 of 5 points passes. The same applies to an `llm` judge whose choices have several scores above 0.',
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
    unless: 'Everything but the worst score should pass: set `threshold: 0.25`.',
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      if (findEntry(map, 'threshold') || evaluator.weight === 0) continue;
      const problem =
        checkGithubJudge(evaluator, map, prompt.text) ??
        checkGradedJudge(evaluator, map, prompt.text);
      if (problem) yield problem;
    }
  },
};

const JUDGE = /^github\/(?:similarity|coherence|fluency|relevance|groundedness)$/;

function checkGithubJudge({ body }: Evaluator, map: MapNode, text: string): Problem | null {
  const entry = findEntry(map, 'uses');
  if (!entry || body.type !== 'uses' || !JUDGE.test(body.uses)) return null;
  const message = 'Answers with 2 of 5 points pass this judge. Set a `threshold`.';
  return { message, span: pointAt(entry), fixes: [fix(map, entry, 0.75, text)] };
}

function checkGradedJudge({ body }: Evaluator, map: MapNode, text: string): Problem | null {
  const entry = findEntry(map, 'llm');
  if (!entry || body.type !== 'llm') return null;
  const scores = [...new Set(body.choices.map(({ score }) => score))].filter((score) => score > 0);
  if (scores.length < 2) return null;
  const [lowest = 0, ...better] = scores.sort((a, b) => a - b);
  const worst = body.choices.find(({ score }) => score === lowest);
  const message = `Any score above 0 passes, even \`${worst?.choice ?? ''}\` (${lowest}). Set a \`threshold\`.`;
  const next = better.at(-2) ?? better.at(-1) ?? lowest;
  return { message, span: entry.key.span, fixes: [fix(map, entry, next, text)] };
}

function fix(map: MapNode, after: MapEntry, threshold: number, text: string) {
  const edits = [insertEntry(map, 'threshold', String(threshold), text, after)];
  return { title: `Set threshold: ${threshold}`, safe: false, edits };
}
