import { compareRuns } from '../eval/compare/compare.ts';
import type { Comparison } from '../eval/compare/comparison.ts';
import { describeVerdict } from '../eval/compare/describe-verdict.ts';
import type { GatePreset } from '../eval/compare/gate-chance.ts';
import { assignCaseIds } from '../eval/ids.ts';
import { describeAcceptancePart, judgeAcceptance } from '../eval/report/acceptance.ts';
import { formatPercent } from '../format-percent.ts';
import type { Finding, Severity } from '../lint/engine/rule.ts';
import type { PromptDocument } from '../prompt/document.ts';
import type { Settings } from '../settings.ts';
import type { ComparedPrompt } from './change.ts';
import type { AttachedEval, VersionRecord } from './registry.ts';

/** A promotion policy: what a version needs before a label moves to it, as under `promotion` in the settings. */
export interface Policy {
  readonly gate: 'any' | GatePreset;
  /** The largest share of errored cases, 0 to 1. */
  readonly maxErrorRate: number;
  /** The largest cost per call as a multiple of the label's version; null = any. */
  readonly maxCostFactor: number | null;
  /** Findings of this severity or above block the promotion. */
  readonly lint: Severity | 'off';
  /** Required approvals by people other than the author; whoever promotes gives one. */
  readonly approvals: number;
}

/** The largest share of errored cases unless a policy sets it. */
const MAX_ERROR_RATE = 0.02;

/** Resolves the policy of a label. Without one in the settings, `production` has the gate `no-regression`, other labels none. */
export function resolvePolicy(label: string, { promotion }: Pick<Settings, 'promotion'>): Policy {
  const given = Object.hasOwn(promotion, label) ? (promotion[label] as Partial<Policy>) : null;
  const isGuarded = given !== null || label === 'production';
  return {
    gate: given?.gate ?? (isGuarded ? 'no-regression' : 'any'),
    maxErrorRate: given?.maxErrorRate ?? MAX_ERROR_RATE,
    maxCostFactor: given?.maxCostFactor ?? null,
    lint: given?.lint ?? (isGuarded ? 'error' : 'off'),
    approvals: given?.approvals ?? 0,
  };
}

export interface GateInput {
  readonly policy: Policy;
  readonly version: VersionRecord;
  readonly prompt: ComparedPrompt;
  readonly findings: readonly Finding[];
  /** Runs of exactly this prompt, data and checks, the newest first. */
  readonly runs: readonly AttachedEval[];
  /** The version that the label points to, with its runs; null if there is none, or it is this version. */
  readonly base: { readonly version: string; readonly runs: readonly AttachedEval[] } | null;
  /** Who promotes, and the other approvers. */
  readonly people: readonly string[];
  readonly margin?: number;
}

export interface GateDemand {
  readonly name: 'lint' | 'eval' | 'errors' | 'acceptance' | 'verdict' | 'cost' | 'approvals';
  /** Null = unknown, which does not block. */
  readonly met: boolean | null;
  /** A clause in lower case without a period. */
  readonly text: string;
}

export interface GateResult {
  readonly passed: boolean;
  readonly demands: readonly GateDemand[];
  /** The run that was judged. */
  readonly run: string | null;
  readonly comparison: Comparison | null;
}

/** Checks a version against the promotion policy of a label, as docs/registry.md describes. */
export function judgePromotion(input: GateInput): GateResult {
  const { policy, prompt, runs, base } = input;
  const demands: GateDemand[] = [];
  const add = (name: GateDemand['name'], met: boolean | null, text: string) =>
    demands.push({ name, met, text });
  lintDemand(input, add);
  const run = runs.find((one) => runProblem(one, prompt) === null) ?? null;
  let comparison: Comparison | null = null;
  if (policy.gate !== 'any') {
    if (!run) add('eval', false, evalProblem(runs, prompt));
    else {
      add('eval', true, evalText(run));
      errorDemand(run, policy, add);
      acceptanceDemand(run, prompt.document, prompt, add);
      comparison = verdictDemand(run, input, add);
    }
  }
  if (policy.maxCostFactor !== null && base) costDemand(run, input, policy.maxCostFactor, add);
  approvalDemand(input, add);
  const passed = demands.every(({ met }) => met !== false);
  return { passed, demands, run: run?.run.id ?? null, comparison };
}

type Add = (name: GateDemand['name'], met: boolean | null, text: string) => void;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function lintDemand({ policy, findings }: GateInput, add: Add): void {
  if (policy.lint === 'off') return;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(policy.lint) + 1);
  const found = findings.filter((f) => !f.suppressed && counted.includes(f.severity));
  const [first] = found;
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  if (first) add('lint', false, `${first.severity} ${first.id}: ${first.message}${more}`);
  else add('lint', true, `no findings of severity ${policy.lint} or above`);
}

/** Why a run is not enough to judge a prompt; null when it covers all cases. */
function runProblem({ end, run, cases }: AttachedEval, { rows }: ComparedPrompt): string | null {
  if (end !== 'done') return `run ${run.id} was interrupted`;
  const known = new Set(cases.map(({ id }) => id));
  const ids = assignCaseIds(rows).filter((_, i) => !rows[i]?.meta.skip);
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return null;
  return `run ${run.id} skipped ${missing.length} of ${ids.length} cases (--holdout includes holdout cases)`;
}

function evalProblem(runs: readonly AttachedEval[], prompt: ComparedPrompt): string {
  if (prompt.rows.length === 0) return 'no golden cases: add rows under `testData` or `testFiles`';
  const [newest] = runs;
  const problem = newest ? runProblem(newest, prompt) : null;
  return (
    problem ??
    'no eval of this content with these cases: run `promptsmith eval`, then promote again'
  );
}

function evalText({ run, totals, passRate }: AttachedEval): string {
  const checked = totals.passed + totals.failed + totals.errored;
  const low = passRate ? `, 95 % CI ≥ ${Math.floor(passRate.low * 100)} %` : '';
  return `${totals.passed} of ${checked} cases passed${low} (run ${run.id}${run.replay ? ', from recordings' : ''})`;
}

function errorDemand({ totals: t }: AttachedEval, { maxErrorRate }: Policy, add: Add): void {
  const asked = t.passed + t.failed + t.errored + t.noChecks;
  const checked = asked - t.noChecks;
  if (checked === 0) {
    add('eval', false, 'no case has a check: add `evaluators`');
    return;
  }
  const rate = t.errored / asked;
  const text = `${formatPercent(rate)} of cases errored, limit ${formatPercent(maxErrorRate)}`;
  add('errors', rate <= maxErrorRate, text);
}

function acceptanceDemand(
  run: AttachedEval,
  { acceptance }: PromptDocument,
  { rows }: ComparedPrompt,
  add: Add,
): void {
  const ids = assignCaseIds(rows);
  const must = new Set(ids.filter((_, i) => rows[i]?.meta.must));
  const result = judgeAcceptance(acceptance, run, run.cases, must);
  if (!result) return;
  const failed = result.parts.filter(({ met }) => met === false);
  if (failed.length === 0) add('acceptance', true, 'acceptance criteria are met');
  for (const part of failed) add('acceptance', false, describeAcceptancePart(part));
}

function verdictDemand(run: AttachedEval, input: GateInput, add: Add): Comparison | null {
  const { policy, base, margin } = input;
  const isStrict = policy.gate === 'non-inferior';
  if (!base) return null;
  // Without a comparison the strict gate has no proof, and the other finds no regression.
  const unknown = isStrict ? false : null;
  let reason = `${base.version} has no eval to compare with: run \`promptsmith eval\` on it`;
  for (const other of base.runs.filter(({ end }) => end === 'done')) {
    const options = margin === undefined ? {} : { margin };
    const found = compareRuns(other, run, options);
    if ('error' in found) {
      reason = `cannot be compared with ${base.version}: ${found.error}`;
      continue;
    }
    // Each of several models must satisfy the gate; the worst one is reported.
    const worst = found.toSorted((a, b) => a.interval[0] - b.interval[0])[0] ?? null;
    const isSatisfied = found.every(({ verdict, nonInferior }) =>
      isStrict ? nonInferior : verdict !== 'regression',
    );
    if (worst)
      add('verdict', isSatisfied, `compared with ${base.version}, ${describeVerdict(worst)}`);
    return worst;
  }
  add('verdict', unknown, reason);
  return null;
}

function costDemand(run: AttachedEval | null, { base }: GateInput, limit: number, add: Add): void {
  const before = base?.runs.find(({ callCost }) => callCost)?.callCost?.mean ?? null;
  const now = run?.callCost?.mean ?? null;
  if (before === null || now === null || before === 0) {
    add('cost', null, 'the cost per call of one of the versions is unknown');
    return;
  }
  const factor = now / before;
  const text = `cost per call is ${Number(factor.toFixed(2))} times that of ${base?.version}, limit ${limit} times`;
  add('cost', factor <= limit + 1e-9, text);
}

function approvalDemand({ policy, people, version }: GateInput, add: Add): void {
  if (policy.approvals === 0) return;
  const author = personKey(version.author);
  const others = distinctPeople(people).filter((person) => personKey(person) !== author);
  const names = others.length === 0 ? '' : `: ${others.join(', ')}`;
  const text = `${others.length} of ${policy.approvals} required approvals${names} (author ${version.author} does not count)`;
  add('approvals', others.length >= policy.approvals, text);
}

/**
 * The people behind some names, each as they are spelled first. Spellings of one name that differ in case,
 * width, invisible characters or spaces are one person; blank names are nobody.
 */
export function distinctPeople(names: readonly string[]): string[] {
  const people = new Map<string, string>();
  for (const name of names) {
    const key = personKey(name);
    if (key !== '' && !people.has(key)) people.set(key, name.trim());
  }
  return [...people.values()];
}

/** What two spellings of one name have in common: about Unicode's NFKC_Casefold, with single spaces. */
function personKey(name: string): string {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  // By way of capitals `ß` and `SS`, or `ς` and `Σ`, come to the same.
  const folded = visible.toUpperCase().toLowerCase().normalize('NFKC');
  return folded.replace(/\s+/g, ' ').trim();
}
