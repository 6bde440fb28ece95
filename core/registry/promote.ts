import { type Comparison, compareRuns } from '../eval/compare/compare.ts';
import { describeVerdict } from '../eval/compare/describe-verdict.ts';
import { assignCaseIds } from '../eval/ids.ts';
import { describeAcceptancePart, judgeAcceptance } from '../eval/report/acceptance.ts';
import type { Finding, Severity } from '../lint/engine/rule.ts';
import type { PromptDocument } from '../prompt/document.ts';
import type { Settings } from '../settings.ts';
import type { ComparedPrompt } from './change.ts';
import type { AttachedEval, VersionRecord } from './registry.ts';

/** What a version needs before a label moves to it: an entry of `promotion` in the settings. */
export interface Policy {
  readonly gate: 'any' | 'floor' | 'non-inferior';
  /** The largest share of errored cases, 0 to 1. */
  readonly maxErrorRate: number;
  /** The largest cost per call as a multiple of the label's version; null = any. */
  readonly maxCostFactor: number | null;
  /** Findings of this severity or above refuse. */
  readonly lint: Severity | 'off';
  /** People other than the author who must agree; who promotes is one of them. */
  readonly approvals: number;
}

/** Share of errored cases that is let pass where nothing else is said. */
const MAX_ERROR_RATE = 0.02;

/** The policy of a label. Where the settings have none, `production` asks for `floor`, any other for nothing. */
export function resolvePolicy(label: string, { promotion }: Pick<Settings, 'promotion'>): Policy {
  const given = Object.hasOwn(promotion, label) ? (promotion[label] as Partial<Policy>) : null;
  const isGuarded = given !== null || label === 'production';
  return {
    gate: given?.gate ?? (isGuarded ? 'floor' : 'any'),
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
  /** Runs of just this prompt, data and checks, the newest first. */
  readonly runs: readonly AttachedEval[];
  /** The version that the label points to, with its runs; null for none, or this very version. */
  readonly base: { readonly version: string; readonly runs: readonly AttachedEval[] } | null;
  /** Who promotes, and who else agreed. */
  readonly people: readonly string[];
  readonly margin?: number;
}

export interface GateDemand {
  readonly name: 'lint' | 'eval' | 'errors' | 'acceptance' | 'verdict' | 'cost' | 'approvals';
  /** Null = it could not be told, which refuses nobody. */
  readonly met: boolean | null;
  /** A sentence in lower case without a full stop. */
  readonly text: string;
}

export interface GateResult {
  readonly passed: boolean;
  readonly demands: readonly GateDemand[];
  /** The run that it went by. */
  readonly run: string | null;
  readonly comparison: Comparison | null;
}

/** Holds a version against the policy of a label. registry.md, "Promotion gate". */
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

/** Why a run says too little of a prompt; null when it is whole. */
function runProblem({ end, run, cases }: AttachedEval, { rows }: ComparedPrompt): string | null {
  if (end !== 'done') return `run ${run.id} was cut off`;
  const known = new Set(cases.map(({ id }) => id));
  const ids = assignCaseIds(rows).filter((_, i) => !rows[i]?.meta.skip);
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return null;
  return `run ${run.id} left out ${missing.length} of ${ids.length} cases (holdout cases need --holdout)`;
}

function evalProblem(runs: readonly AttachedEval[], prompt: ComparedPrompt): string {
  if (prompt.rows.length === 0)
    return 'it has no golden cases: add rows under `testData` or `testFiles`';
  const [newest] = runs;
  const problem = newest ? runProblem(newest, prompt) : null;
  return (
    problem ?? 'no eval of this content on these cases: run `promptsmith eval`, then promote again'
  );
}

function evalText({ run, totals, passRate }: AttachedEval): string {
  const checked = totals.passed + totals.failed + totals.errored;
  const low = passRate ? `, ≥ ${Math.floor(passRate.low * 100)} %` : '';
  return `${totals.passed} of ${checked} cases pass${low} (run ${run.id}${run.replay ? ', from recordings' : ''})`;
}

function errorDemand({ totals: t }: AttachedEval, { maxErrorRate }: Policy, add: Add): void {
  const asked = t.passed + t.failed + t.errored + t.noChecks;
  const checked = asked - t.noChecks;
  if (checked === 0) {
    add('eval', false, 'no case has a check: add `evaluators`');
    return;
  }
  const rate = t.errored / asked;
  const limit = `at most ${percent(maxErrorRate)} may`;
  add('errors', rate <= maxErrorRate, `${percent(rate)} of the cases errored, ${limit}`);
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
  if (failed.length === 0) add('acceptance', true, 'acceptance is met');
  for (const part of failed) add('acceptance', false, describeAcceptancePart(part));
}

function verdictDemand(run: AttachedEval, input: GateInput, add: Add): Comparison | null {
  const { policy, base, margin } = input;
  const isStrict = policy.gate === 'non-inferior';
  if (!base) return null;
  // Unless it can be compared, the strict gate has no proof and the other no complaint.
  const unknown = isStrict ? false : null;
  let reason = `${base.version} has no eval to compare with: run \`promptsmith eval\` on it`;
  for (const other of base.runs.filter(({ end }) => end === 'done')) {
    const options = margin === undefined ? {} : { margin };
    const found = compareRuns(other, run, options);
    if ('error' in found) {
      reason = `cannot be compared with ${base.version}: ${found.error}`;
      continue;
    }
    // Several models: each has to hold; the worst one speaks.
    const worst = found.toSorted((a, b) => a.interval[0] - b.interval[0])[0] ?? null;
    const holds = found.every(({ verdict, nonInferior }) =>
      isStrict ? nonInferior : verdict !== 'regression',
    );
    if (worst) add('verdict', holds, `compared with ${base.version}, ${describeVerdict(worst)}`);
    return worst;
  }
  add('verdict', unknown, reason);
  return null;
}

function costDemand(run: AttachedEval | null, { base }: GateInput, limit: number, add: Add): void {
  const before = base?.runs.find(({ callCost }) => callCost)?.callCost?.mean ?? null;
  const now = run?.callCost?.mean ?? null;
  if (before === null || now === null || before === 0) {
    add('cost', null, 'cost per call: not known of both versions');
    return;
  }
  const factor = now / before;
  const text = `a call costs ${Number(factor.toFixed(2))} times that of ${base?.version}, at most ${limit} times is asked for`;
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

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
