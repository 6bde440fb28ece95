import { parseJobId } from '../ids.ts';
import { type Case, createJob, type Job, type Plan } from '../plan/plan.ts';
import type { StopRule } from '../run/stop-rule.ts';
import type { ScoreEvent } from '../run-event.ts';
import { createRng } from '../statistics/rng.ts';
import { SequentialTest } from '../statistics/sequential-test.ts';
import type { RunResults } from './comparison.ts';

/** An independent unit: the cases of a group, or a single case. */
interface Unit {
  readonly cases: readonly Case[];
  /** The number of pending verdicts. */
  open: number;
  passed: number;
  readonly before: number;
  /** An answer or a verdict is missing: the unit says nothing. */
  isMissing: boolean;
}

/**
 * Stops a run of one model as soon as it is significantly better or worse than its baseline. Cases run in a
 * seeded random order, all repeats of one before the next, so that the first ones are representative.
 * Verdicts are counted in that order, whichever call ends first.
 */
export class EarlyStop implements StopRule {
  readonly #plan: Plan;
  readonly #units: Unit[];
  /** Cases that the baseline does not have. They run last and are not counted. */
  readonly #rest: readonly Case[];
  readonly #unitOf = new Map<string, Unit>();
  readonly #test = new SequentialTest();
  #next = 0;
  /** Missing answers could turn what the test has seen: then the run does not stop early. */
  #hasMissing = false;

  constructor(plan: Plan, base: RunResults) {
    this.#plan = plan;
    const known = new Map(
      base.cases.flatMap(({ id, passed, repeats, missing = 0 }) =>
        repeats > 0 && missing === 0 ? [[id, passed / repeats] as const] : [],
      ),
    );
    const isCounted = ({ id, skip }: Case): boolean => !skip && known.has(id);
    const counted = plan.cases.filter(isCounted);
    this.#rest = plan.cases.filter((one) => !isCounted(one));
    const groups = new Map<string, Case[]>();
    for (const one of counted) {
      const members = groups.get(unitKey(one));
      if (members) members.push(one);
      else groups.set(unitKey(one), [one]);
    }
    this.#units = [...groups.values()].map((cases) => ({
      cases,
      open: cases.length * plan.repeat,
      passed: 0,
      isMissing: false,
      before: cases.reduce((sum, { id }) => sum + (known.get(id) ?? 0), 0),
    }));
    for (const unit of this.#units) for (const { id } of unit.cases) this.#unitOf.set(id, unit);
    shuffle(this.#units, plan.seed);
  }

  /** The p-value of the changes so far, valid at any time. */
  get p(): number {
    return this.#test.p;
  }

  get #isDecisive(): boolean {
    return !this.#hasMissing && this.#test.isDecided;
  }

  *jobs(): Generator<Job> {
    const { models, repeat: repeats } = this.#plan;
    for (const item of [...this.#units.flatMap(({ cases }) => cases), ...this.#rest])
      for (let repeat = 0; repeat < repeats; repeat++)
        for (const model of models) yield createJob(item, model, repeat);
  }

  isDecided({ job, outcome }: ScoreEvent): boolean {
    const unit = this.#unitOf.get(parseJobId(job)?.case ?? '');
    if (unit) {
      unit.open--;
      if (outcome === 'passed') unit.passed += 1 / this.#plan.repeat;
      if (outcome === 'errored') unit.isMissing = true;
    }
    for (let next = this.#units[this.#next]; next?.open === 0; next = this.#units[this.#next]) {
      if (this.#isDecisive) return true;
      if (next.isMissing) this.#hasMissing = true;
      else this.#test.add((next.passed - next.before) / next.cases.length);
      this.#next++;
    }
    return this.#isDecisive;
  }
}

function unitKey({ id, group }: Case): string {
  return group === undefined ? `case ${id}` : `group ${group}`;
}

/** Fisher–Yates shuffle. */
function shuffle<T>(list: T[], seed: number): void {
  const random = createRng(seed);
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const [a, b] = [list[i], list[j]];
    if (a === undefined || b === undefined) continue;
    list[i] = b;
    list[j] = a;
  }
}
