import type { Comparison } from '../eval/compare/comparison.ts';
import { describeVerdict } from '../eval/compare/describe-verdict.ts';
import { createPlan } from '../eval/plan/plan.ts';
import { describeAcceptancePart, judgeAcceptance } from '../eval/report/acceptance.ts';
import type { Finding, Severity } from '../lint/engine/rule.ts';
import type { ComparedPrompt } from './change.ts';
import { comparePools, satisfiesGate } from './compare-pools.ts';
import { describeLooks } from './describe-looks.ts';
import { describePool, findFitRuns, type GatedVersion } from './find-fit-runs.ts';
import { distinctPeople, personKey } from './people.ts';
import type { Policy } from './policy.ts';
import type { PooledRuns } from './pool-runs.ts';
import type { LabelState } from './registry.ts';

export interface GateInput {
  /** The registry's name of the prompt. */
  readonly name: string;
  readonly policy: Policy;
  readonly candidate: GatedVersion;
  readonly findings: readonly Finding[];
  /** The version that the label points to; null if there is none, or it is this version. */
  readonly base: GatedVersion | null;
  /** All label moves of the prompt. */
  readonly moves: readonly Pick<LabelState, 'label' | 'version' | 'split'>[];
  /** Who promotes, and the other approvers. */
  readonly people: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly margin?: number;
}

export interface GateDemand {
  readonly name: 'lint' | 'eval' | 'acceptance' | 'verdict' | 'cost' | 'after' | 'approvals';
  readonly met: boolean;
  /** A clause in lower case without a period. */
  readonly text: string;
}

export interface GateResult {
  readonly passed: boolean;
  readonly demands: readonly GateDemand[];
  /** The runs that were judged, the newest first: of the version, and of the label's version. */
  readonly runs: readonly string[];
  readonly baseRuns: readonly string[];
  readonly comparison: Comparison | null;
}

/**
 * Checks a version against the promotion policy of a label, as docs/registry.md describes. Whatever is
 * unknown is not met. All fit runs of a version are taken together.
 */
export function judgePromotion(input: GateInput): GateResult {
  const { policy, candidate, base, now } = input;
  const demands: GateDemand[] = [];
  const add = (name: GateDemand['name'], met: boolean, text: string): void =>
    void demands.push({ name, met, text });
  demandLint(input, add);
  let pooled: PooledRuns | null = null;
  let before: PooledRuns | null = null;
  let comparison: Comparison | null = null;
  if (policy.gate !== 'any' || policy.maxCostFactor !== null) {
    const basis = { policy, now, checks: candidate.version.hashes.checks };
    const found = findFitRuns(candidate, basis);
    if (!found.pooled) add('eval', false, describeMissingEval(found.reasons, candidate.prompt));
    else {
      pooled = found.pooled;
      add('eval', true, describePool(pooled));
      if (policy.gate !== 'any') demandAcceptance(pooled, candidate.prompt, add);
      if (base && !base.isGone && base.version.hashes.prompt === candidate.version.hashes.prompt)
        add('verdict', true, `sends the same as ${base.version.version}: nothing to compare`);
      else if (base) {
        const { model } = pooled.figures;
        const like = found.evidence;
        const other = findFitRuns(base, { ...basis, model, like, at: candidate });
        before = other.pooled;
        if (policy.gate !== 'any')
          comparison = demandVerdict(pooled, other, { ...input, base }, add);
        if (policy.maxCostFactor !== null)
          demandCost(pooled, before, base.version.version, policy.maxCostFactor, add);
      }
    }
  }
  demandLabel(input, add);
  demandApprovals(input, add);
  return {
    passed: demands.every(({ met }) => met),
    demands,
    runs: pooled?.runs.map(({ run }) => run.id) ?? [],
    baseRuns: before?.runs.map(({ run }) => run.id) ?? [],
    comparison,
  };
}

type Add = (name: GateDemand['name'], met: boolean, text: string) => void;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function demandLint({ policy, findings }: GateInput, add: Add): void {
  if (policy.lint === 'off') return;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(policy.lint) + 1);
  const found = findings.filter((f) => !f.suppressed && counted.includes(f.severity));
  const [first] = found;
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  if (first) add('lint', false, `${first.severity} ${first.id}: ${first.message}${more}`);
  else add('lint', true, `no findings of severity ${policy.lint} or above`);
}

function describeMissingEval(reasons: readonly string[], { rows }: ComparedPrompt): string {
  if (rows.length === 0) return 'no golden cases: add rows under `testData` or `testFiles`';
  if (reasons.length > 0) return `no run is fit as evidence: ${reasons.join('; ')}`;
  return 'no eval of this content with these cases: run `promptsmith eval --holdout`, then promote again';
}

function demandAcceptance(
  { figures, cases }: PooledRuns,
  { document, rows }: ComparedPrompt,
  add: Add,
): void {
  const planned = createPlan(document, { models: [], rows }).cases;
  const must = new Set(planned.filter((one) => one.must).map(({ id }) => id));
  const result = judgeAcceptance(document.acceptance, figures, cases, must);
  const open = result.parts.filter(({ met, undecided }) => met === false || undecided);
  if (open.length === 0) {
    const unmeasured = result.parts.filter(({ met }) => met === null).map((part) => part.name);
    const but = unmeasured.length === 0 ? '' : ` (not measured: ${unmeasured.join(', ')})`;
    const text = result.hasCriteria ? 'acceptance criteria are met' : 'every case passed';
    add('acceptance', true, `${text}${but}`);
  }
  for (const part of open) add('acceptance', false, describeAcceptancePart(part));
}

function demandVerdict(
  pooled: PooledRuns,
  { pooled: before, reasons }: ReturnType<typeof findFitRuns>,
  { name, policy, base, candidate, margin }: GateInput & { readonly base: GatedVersion },
  add: Add,
): Comparison | null {
  const { version } = base.version;
  if (!before) {
    const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
    const isSame = base.version.hashes.checks === candidate.version.hashes.checks;
    const command = isSame
      ? `run \`promptsmith eval ${name}@${version} --holdout\``
      : `its evaluators differ: run \`promptsmith eval ${name}@${candidate.version.version} --baseline ${name}@${version} --run-baseline --holdout\``;
    add('verdict', false, `${version} has no run that is fit to compare with${why}: ${command}`);
    return null;
  }
  const compared = comparePools(before, pooled, margin === undefined ? {} : { margin });
  if ('error' in compared) {
    add('verdict', false, `cannot be compared with ${version}: ${compared.error}`);
    return null;
  }
  const { all, first } = compared;
  const isStrict = policy.gate === 'non-inferior';
  const isMet = satisfiesGate(isStrict ? 'non-inferior' : 'no-regression', compared);
  const isAgain = isStrict || (first.regression === true && all.regression === false);
  const about = `compared with ${version} (${describePool(before)})`;
  const more = isAgain ? describeLooks(compared) : '';
  add('verdict', isMet, `${about}: ${describeVerdict(all)}${more}`);
  return all;
}

function demandCost(
  { figures }: PooledRuns,
  before: PooledRuns | null,
  version: string,
  limit: number,
  add: Add,
): void {
  const now = figures.callCost?.mean ?? null;
  const then = before ? findLeastCost(before.figures) : null;
  const lacking = figures.extremes?.unanswered ?? 0;
  if (lacking > 0) {
    const are = lacking === 1 ? '1 answer is' : `${lacking} answers are`;
    const text = `${are} missing, so the cost per call cannot be held to ${limit} times that of ${version}`;
    add('cost', false, text);
    return;
  }
  if (now === null || then === null || then === 0) {
    const which = now === null ? 'this version' : version;
    add(
      'cost',
      false,
      `the cost per call of ${which} is unknown, so it cannot be held to ${limit} times that of ${version}`,
    );
    return;
  }
  const factor = now / then;
  const text = `cost per call is ${Number(factor.toFixed(2))} times that of ${version}, limit ${limit} times`;
  add('cost', factor <= limit + 1e-9, text);
}

/** The mean cost of a call if the missing answers had cost nothing; null if it is unknown. */
function findLeastCost({ callCost, jobs, extremes }: PooledRuns['figures']): number | null {
  if (!callCost) return null;
  const lacking = extremes?.unanswered ?? 0;
  return jobs.asked === 0 ? callCost.mean : (callCost.mean * (jobs.asked - lacking)) / jobs.asked;
}

function demandLabel({ policy: { after }, candidate, moves }: GateInput, add: Add): void {
  if (after === null) return;
  const { version } = candidate.version;
  const hadIt = moves.some(
    (move) =>
      move.label === after && (move.version === version || (move.split?.[version] ?? 0) > 0),
  );
  add(
    'after',
    hadIt,
    hadIt ? `${after} has or had ${version}` : `${after} has never pointed to ${version}`,
  );
}

function demandApprovals({ policy, people, candidate }: GateInput, add: Add): void {
  if (policy.approvals === 0) return;
  const { author } = candidate.version;
  const others = distinctPeople(people).filter((person) => personKey(person) !== personKey(author));
  const names = others.length === 0 ? '' : `: ${others.join(', ')}`;
  const text = `${others.length} of ${policy.approvals} required approvals${names} (author ${author} does not count)`;
  add('approvals', others.length >= policy.approvals, text);
}
