import { findCheck } from '../../eval/checks/index.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { removeEntry, renameKey, setScalar } from '../../prompt/edit.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { child, findEntry } from '../../prompt/node.ts';

export const zeroThreshold: Rule = {
  id: 'zero-threshold',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'A `threshold` of 0 lets every answer pass',
  docs: {
    why: 'A check passes when its score reaches the threshold, and every score reaches 0. To measure without affecting the result, use `weight: 0`.',
    bad: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: fluent
    uses: github/fluency
    threshold: 0`,
    good: `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: fluent
    uses: github/fluency
    weight: 0`,
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const entry = findEntry(map, 'threshold');
      if (!entry || evaluator.threshold === undefined || evaluator.threshold > 0) continue;
      const check = findCheck(evaluator);
      // The threshold of these checks is a distance or a limit, and 0 is the strictest.
      if ('error' in check || check.thresholdParameter !== undefined) continue;
      const message =
        'Every answer passes a threshold of 0. To measure without affecting the result, use `weight: 0` instead.';
      const { value } = entry;
      const isFixable = value.type === 'scalar' && !value.alias && !findEntry(map, 'weight');
      const fixes = isFixable
        ? [
            {
              title: 'Replace it with `weight: 0`',
              safe: false,
              edits: [renameKey(entry, 'weight'), setScalar(value, prompt.text, 0)],
            },
          ]
        : [];
      yield { message, span: value.span, ...(fixes.length > 0 ? { fixes } : {}) };
    }
    const list = child(prompt.root, 'testData');
    for (const { meta, index } of prompt.rows) {
      if (meta.threshold === undefined || meta.threshold > 0) continue;
      const item = list?.type === 'list' ? list.items[index] : undefined;
      const map = child(item, '$case');
      const entry = findEntry(map, 'threshold');
      if (!entry || map?.type !== 'map') continue;
      const message =
        'Every answer passes a case with a threshold of 0. Raise it, or remove it to require every check to pass.';
      const edits = [removeEntry(map, entry, prompt.text)];
      const fix = { title: 'Remove the threshold', safe: false, edits };
      yield {
        message,
        span: entry.value.span,
        ...(map.entries.length > 1 ? { fixes: [fix] } : {}),
      };
    }
  },
};
