import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import {
  ACCIDENTS,
  type Accident,
  FILE_ACCIDENTS,
  HONEST,
  type Situation,
  type Target,
} from './accidents.ts';
import { PlannedModel } from './planned-model.ts';
import { changeQuality, drawQuality, trueChange } from './planned-quality.ts';
import { NAME, Workplace, type WorkplaceOptions } from './workplace.ts';

export interface CampaignOptions extends Omit<WorkplaceOptions, 'baseUrl'> {
  readonly seed: number;
  /** The built program is started, and killed with signal 9. */
  readonly kills: boolean;
}

/** One version that somebody tried to promote. */
export interface Trial {
  /** The difference of its true pass rate on the golden cases from that of the label's version. */
  readonly change: number;
  /** The label had no version before. */
  readonly isFirst: boolean;
  readonly attempts: number;
  readonly moved: boolean;
}

export interface CampaignResult {
  readonly trials: readonly Trial[];
  readonly evals: number;
  readonly attempts: number;
  readonly moves: number;
  /** How often each accident happened. */
  readonly accidents: ReadonlyMap<string, number>;
  /** Moves on, and use of, runs that are no evidence: must not happen. Each with what led to it. */
  readonly violations: readonly string[];
  /** Runs that are fit by the model's log and were not counted: a call that timed out here looks like that, too. */
  readonly ignored: readonly string[];
}

const VERSIONS = 3;
const MAX_ATTEMPTS = 8;
/** Planned differences of a new version's true pass rate. */
const CHANGES: readonly number[] = [0, 0, -0.05, -0.1, -0.2, 0.05];

/**
 * Somebody works on a prompt for a while: writes versions that are better, equal or worse, evaluates them
 * while all sorts of things go wrong, and asks again until one promotion succeeds. An oracle that knows what
 * was planned, what the model answered and what went wrong judges each attempt.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const model = new PlannedModel(options.seed);
  const workplace = await Workplace.open({ ...options, baseUrl: await model.listen() });
  try {
    return await new Campaign(options, model, workplace).run();
  } finally {
    await workplace.close();
    await model.close();
  }
}

interface Version {
  readonly text: string;
  readonly number: string;
  readonly quality: readonly number[];
  /** The runs of this text, and whether they are evidence; null = it may be. */
  readonly runs: Map<string, boolean | null>;
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #model: PlannedModel;
  readonly #workplace: Workplace;
  readonly #random: Rng;
  readonly #trials: Trial[] = [];
  readonly #accidents = new Map<string, number>();
  readonly #violations: string[] = [];
  readonly #ignored = new Set<string>();
  /** What happened lately, for messages. */
  #story: string[] = [];
  #attempts = 0;
  #moves = 0;
  #label: Version | null = null;

  constructor(options: CampaignOptions, model: PlannedModel, workplace: Workplace) {
    this.#options = options;
    this.#model = model;
    this.#workplace = workplace;
    this.#random = createRng(options.seed);
  }

  async run(): Promise<CampaignResult> {
    const first = drawQuality(this.#options.cases, this.#random);
    let quality = first;
    for (let n = 0; n <= VERSIONS; n++) {
      const change = n === 0 ? 0 : (CHANGES[this.#random.below(CHANGES.length)] ?? 0);
      quality =
        n === 0 ? first : changeQuality(this.#label?.quality ?? first, change, this.#random);
      await this.#promoteUntilLucky(await this.#publish(`v${n}`, quality));
    }
    return {
      trials: this.#trials,
      evals: (await this.#workplace.listRuns()).length,
      attempts: this.#attempts,
      moves: this.#moves,
      accidents: this.#accidents,
      violations: this.#violations,
      ignored: [...this.#ignored],
    };
  }

  async #publish(text: string, quality: readonly number[]): Promise<Version> {
    this.#model.plan(text, quality);
    await this.#workplace.write(text);
    const { version } = await this.#workplace.json(['publish', 'say.prompt.yaml', '--json']);
    return { text, number: version, quality, runs: new Map() };
  }

  async #promoteUntilLucky(version: Version): Promise<void> {
    const change = this.#label ? trueChange(this.#label.quality, version.quality) : 0;
    const before = this.#attempts;
    let moved = false;
    while (!moved && this.#attempts - before < MAX_ATTEMPTS) {
      const base = this.#label;
      if (base && this.#random.below(4) === 0) await this.#happen(base, false);
      else await this.#happen(version, true);
      moved = await this.#attempt(version);
    }
    const isFirst = this.#label === null;
    this.#trials.push({ change, isFirst, attempts: this.#attempts - before, moved });
    if (moved) this.#label = version;
  }

  /** Something happens to a version: an honest eval, or one that goes wrong. */
  async #happen(version: Version, isFile: boolean): Promise<void> {
    const { cases, repeat, kills } = this.#options;
    const target: Target = {
      text: version.text,
      spec: isFile ? 'say.prompt.yaml' : `${NAME}@${version.number}`,
      isFile,
    };
    const situation: Situation = {
      ...{ workplace: this.#workplace, model: this.#model, random: this.#random },
      ...{ target, cases, repeat, kills },
      hasBase: this.#label !== null,
      note: (run, isFit) => void version.runs.set(run, isFit),
    };
    const [name, accident] = this.#choose(isFile);
    this.#accidents.set(name, (this.#accidents.get(name) ?? 0) + 1);
    this.#story.push(`${name} of ${version.text}`);
    await accident(situation);
  }

  #choose(isFile: boolean): readonly [string, Accident] {
    if (this.#random.below(4) === 0) return ['honest', HONEST];
    const all = Object.entries(isFile ? { ...ACCIDENTS, ...FILE_ACCIDENTS } : ACCIDENTS);
    return all[this.#random.below(all.length)] ?? ['honest', HONEST];
  }

  async #attempt(version: Version): Promise<boolean> {
    this.#attempts++;
    const args = ['promote', NAME, version.number, 'production', '--json'];
    const { moved, gate } = await this.#workplace.json(args);
    this.#check('version', version, gate.runs);
    if (this.#label) this.#check('base', this.#label, gate.baseRuns);
    if (moved) {
      this.#moves++;
      if (!this.#hasEvidence(version)) this.#report(`moved ${version.text} without evidence`);
      if (this.#label && !this.#hasEvidence(this.#label)) this.#report('moved without a baseline');
    }
    return moved;
  }

  /** The runs that the gate judged are just those that are fit. */
  #check(side: string, { text, runs }: Version, judged: readonly string[]): void {
    for (const id of judged)
      if (runs.get(id) === false || !runs.has(id))
        this.#report(`took the unfit run ${id} of the ${side} ${text}`);
    if (judged.length === 0 && side === 'base') return;
    for (const [id, isFit] of runs)
      if (isFit && !judged.includes(id))
        this.#ignored.add(`seed ${this.#options.seed}: ${id} of ${text}`);
  }

  #hasEvidence({ runs }: Version): boolean {
    return [...runs.values()].some((isFit) => isFit !== false);
  }

  #report(what: string): void {
    this.#violations.push(
      `seed ${this.#options.seed}: ${what} after ${this.#story.slice(-6).join(', ')}`,
    );
  }
}
