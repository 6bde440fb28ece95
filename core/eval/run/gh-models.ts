import type { Evaluator, JudgeChoice } from '../../prompt/document.ts';
import { type Check, type CheckInput, type CheckVerdict, judged, quote } from '../checks/check.ts';
import {
  buildFivePointRequest,
  describeMissingInput,
  FIVE_POINT_JUDGES,
} from '../checks/github-judge.ts';
import { findCheck } from '../checks/index.ts';
import type { EvaluatorResult, Outcome } from '../run-event.ts';

/**
 * Reads an evaluator of the base format as `gh models eval` does: without the keys that this program does not
 * know (threshold, weight, transform), with a trimmed answer, and with the first criterion and the first
 * choice deciding. Null for `promptsmith/` kinds (see "Differences from gh-models" in docs/format.md).
 */
export function readAsGhModels(
  evaluator: Evaluator,
): { readonly check: Check; readonly evaluator: Evaluator } | null {
  const { body } = evaluator;
  const run = findGhModelsRun(evaluator);
  if (!run) return null;
  const { threshold: _, transform: __, ...rest } = evaluator;
  const check = findCheck(evaluator);
  const about = 'error' in check ? UNKNOWN : check;
  return {
    check: { ...about, namespace: 'base', run },
    evaluator: { ...rest, weight: 1, body },
  };
}

/** A case passes if no evaluator failed, even if it has no evaluators. */
export function combineAsGhModels(results: readonly EvaluatorResult[]): {
  outcome: Outcome;
  score: number | null;
} {
  const failed = results.some(({ passed, weight }) => passed === false && weight > 0);
  const errored = results.some(({ error }) => error !== undefined);
  const outcome = failed ? 'failed' : errored ? 'errored' : 'passed';
  const scores = results.flatMap(({ score }) => (score === null ? [] : [score]));
  if (errored || scores.length === 0) return { outcome, score: null };
  return { outcome, score: scores.reduce((sum, score) => sum + score, 0) / scores.length };
}

/** The check of an unknown kind. */
const UNKNOWN: Omit<Check, 'run'> = {
  kind: 'unknown',
  namespace: 'base',
  summary: 'An unknown evaluator.',
  parameters: [],
  example: 'uses: unknown/kind',
};

function findGhModelsRun({ body }: Evaluator): Check['run'] | null {
  switch (body.type) {
    case 'string':
      return judgeString;
    case 'llm':
      return askJudge;
    case 'uses': {
      if (body.kind !== null) return null;
      const judge = FIVE_POINT_JUDGES.find(({ kind }) => body.uses === `github/${kind}`);
      if (!judge) return () => judged(false, `unknown evaluator \`uses: ${body.uses}\``);
      return async (input, context) => {
        const missing = describeMissingInput(judge, input);
        if (missing !== null) return { kind: 'error', message: missing };
        const model = findCheckModel(input, context.judge);
        const reply = await context.ask(
          model,
          buildFivePointRequest(judge, trimmed(input), true),
          input,
        );
        return 'error' in reply
          ? { kind: 'error', message: reply.error, cost: reply.cost }
          : judgeFirstChoice(reply.text, FIVE_POINTS, reply.cost);
      };
    }
    case 'none':
      return null;
    default:
      return body satisfies never;
  }
}

const FIVE_POINTS: readonly Pick<JudgeChoice, 'choice' | 'score'>[] = [1, 2, 3, 4, 5].map(
  (points) => ({ choice: String(points), score: (points - 1) / 4 }),
);

function findCheckModel({ evaluator }: CheckInput, judge: string | null): string {
  const check = findCheck(evaluator);
  return ('error' in check ? null : check.judgeModel?.(evaluator, judge)) ?? 'openai/gpt-4o';
}

function trimmed(input: CheckInput): CheckInput {
  return { ...input, text: input.text.trim() };
}

/** The first of equals, contains, startsWith and endsWith that is not empty decides. */
function judgeString({ evaluator: { body }, text, values }: CheckInput): CheckVerdict {
  const criteria = body.type === 'string' ? body.criteria : [];
  const first = criteria.find(({ template }) => template.text !== '');
  if (!first) return { kind: 'error', message: '`string` has no criterion' };
  const value = values.fill(first.template.text).text;
  const answer = text.trim();
  const [lower, wanted] = [answer.toLowerCase(), value.toLowerCase()];
  const { kind } = first;
  switch (kind) {
    case 'equals':
      return judged(answer === value, `equals ${quote(value)}`, value);
    case 'contains':
      return judged(lower.includes(wanted), `contains ${quote(value)}`, value);
    case 'startsWith':
      return judged(lower.startsWith(wanted), `starts with ${quote(value)}`, value);
    case 'endsWith':
      return judged(lower.endsWith(wanted), `ends with ${quote(value)}`, value);
    default:
      return kind satisfies never;
  }
}

const askJudge: Check['run'] = async (input, context) => {
  const { evaluator, values, text } = input;
  if (evaluator.body.type !== 'llm') return { kind: 'error', message: '`llm` must be a map' };
  const { modelId, prompt, systemPrompt, choices } = evaluator.body;
  const model = modelId ?? context.judge;
  if (model === null || !prompt)
    return { kind: 'error', message: '`llm` needs a model and a prompt' };
  const question = values.fill(prompt.text, text.trim());
  const reply = await context.ask(
    model,
    [
      ...(systemPrompt?.text ? [{ role: 'system' as const, content: systemPrompt.text }] : []),
      { role: 'user', content: question.text },
    ],
    input,
  );
  if ('error' in reply) return { kind: 'error', message: reply.error, cost: reply.cost };
  return judgeFirstChoice(reply.text, choices, reply.cost);
};

/** The first choice found anywhere in the reply decides, ignoring case. A reply without a choice scores 0. */
function judgeFirstChoice(
  reply: string,
  choices: readonly Pick<JudgeChoice, 'choice' | 'score'>[],
  cost: number | null,
): CheckVerdict {
  const said = reply.trim().toLowerCase();
  const choice = choices.find((one) => said.includes(one.choice.toLowerCase()));
  const score = choice?.score ?? 0;
  const detail = choice
    ? `the reply contains ${quote(choice.choice)}`
    : 'the reply contains no choice';
  return { kind: 'judged', score, passed: score > 0, detail, actual: reply.trim(), cost };
}
