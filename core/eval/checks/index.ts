import type { Evaluator } from '../../prompt/document.ts';
import { bleu } from './bleu.ts';
import type { Check } from './check.ts';
import { consistent } from './consistent.ts';
import {
  contains,
  containsAll,
  containsAny,
  endsWith,
  icontains,
  icontainsAll,
  icontainsAny,
  startsWith,
} from './contains.ts';
import { cost, latency } from './cost.ts';
import { equals } from './equals.ts';
import { finishReason } from './finish-reason.ts';
import { githubJudges } from './github-judge.ts';
import { containsJson, isJson } from './is-json.ts';
import { jsonPath } from './json-path.ts';
import { length } from './length.ts';
import { levenshtein } from './levenshtein.ts';
import { llm } from './llm.ts';
import { numeric } from './numeric.ts';
import { pii } from './pii.ts';
import { promptLeak } from './prompt-leak.ts';
import { refusal } from './refusal.ts';
import { fullMatch, regex } from './regex.ts';
import { hitRate, precisionAtK, recallAtK } from './retrieval.ts';
import { rougeN } from './rouge-n.ts';
import { rubric } from './rubric.ts';
import { secrets } from './secrets.ts';
import { string } from './string.ts';

/** All kinds of evaluators. Completion, hover and the documentation are generated from this list. */
export const CHECKS: readonly Check[] = [
  string,
  llm,
  ...githubJudges,
  equals,
  contains,
  icontains,
  containsAny,
  containsAll,
  icontainsAny,
  icontainsAll,
  startsWith,
  endsWith,
  regex,
  fullMatch,
  isJson,
  containsJson,
  jsonPath,
  numeric,
  levenshtein,
  rougeN,
  bleu,
  length,
  finishReason,
  refusal,
  promptLeak,
  pii,
  secrets,
  consistent,
  cost,
  latency,
  hitRate,
  precisionAtK,
  recallAtK,
  rubric,
];

/** The name of a check in a prompt file: `promptsmith/contains`, `github/similarity`, `string`. */
export function checkName({ namespace, kind }: Check): string {
  return namespace === 'base' ? kind : `${namespace}/${kind}`;
}

const BY_NAME: ReadonlyMap<string, Check> = new Map(
  CHECKS.map((check) => [checkName(check), check]),
);

/** Finds the check of an evaluator, or returns why there is none. */
export function findCheck({ body }: Evaluator): Check | { readonly error: string } {
  switch (body.type) {
    case 'string':
    case 'llm':
      return BY_NAME.get(body.type) ?? { error: `unknown kind ${body.type}` };
    case 'uses': {
      const name = body.kind === null ? body.uses : `promptsmith/${body.kind}`;
      return BY_NAME.get(name) ?? { error: `unknown evaluator \`uses: ${body.uses}\`` };
    }
    case 'none':
      return { error: 'an evaluator needs `string`, `llm` or `uses`' };
    default:
      return body satisfies never;
  }
}

/** The kind as results show it: `string`, `not-contains`, `github/similarity`. */
export function evaluatorKind({ body }: Evaluator): string {
  if (body.type !== 'uses') return body.type;
  return body.kind === null ? body.uses : `${body.negated ? 'not-' : ''}${body.kind}`;
}
