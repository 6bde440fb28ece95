import { lint } from '#core/lint/engine/lint.ts';
import type { Finding } from '#core/lint/engine/rule.ts';
import { type OpenedBundle, openBundle } from '#core/registry/bundle.ts';
import type { GatedVersion } from '#core/registry/find-fit-runs.ts';
import { distinctPeople } from '#core/registry/people.ts';
import type { Policy } from '#core/registry/policy.ts';
import { type GateResult, judgePromotion } from '#core/registry/promote.ts';
import type { LabelMove, LabelState, Registry, VersionRecord } from '#core/registry/registry.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { timeAfter } from '#core/registry/time.ts';
import { rules } from '#core/rules/index.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import type { Project } from '../prompt/project.ts';
import type { PromptKnowledge } from '../prompt/prompt-knowledge.ts';
import { readRuns } from './version-runs.ts';

export interface PromotionRequest {
  readonly registry: Registry;
  readonly name: string;
  readonly version: VersionRecord;
  /** Versions that get a share of the label's calls. */
  readonly shared?: readonly VersionRecord[];
  readonly label: string;
  readonly policy: Policy;
  readonly project: Project;
  readonly knowledge: PromptKnowledge;
  /** Who promotes, then the other approvers. */
  readonly people: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A prepared promotion: the gate's result and the current state of the label. */
export interface Promotion {
  readonly gate: GateResult;
  readonly current: LabelState | null;
  /** How many moves the label has had. */
  readonly moves: number;
}

/**
 * Checks a version against its label's promotion policy, and likewise each version that gets a share of its
 * calls. The runs that the gate judged are attached to their versions, so that others see them.
 */
export async function preparePromotion(request: PromotionRequest): Promise<Promotion> {
  const { registry, name, version, label, shared = [] } = request;
  const moves = await registry.moves(name);
  const current = findCurrentLabels(moves).find((state) => state.label === label) ?? null;
  const before = current === null ? null : await readBase(request, current.version);
  let gate: GateResult | null = null;
  for (const one of [version, ...shared]) {
    const base = current?.version === one.version ? null : before;
    const candidate = await readGated(request, one);
    const judged = await judgeVersion(request, { candidate, base, moves });
    await attachJudged(request, candidate, judged.runs);
    if (base) await attachJudged(request, base, judged.baseRuns);
    gate = gate ? joinGates(gate, judged, one.version) : judged;
  }
  if (!gate) throw new Error('no version to promote');
  return { gate, current, moves: current?.n ?? 0 };
}

async function judgeVersion(
  request: PromotionRequest,
  versions: {
    readonly candidate: ReadVersion;
    readonly base: ReadVersion | null;
    readonly moves: readonly LabelState[];
  },
): Promise<GateResult> {
  const { name, policy, project, people, now } = request;
  const { prompt } = versions.candidate;
  const margin = prompt.settings.margin ?? project.settings.eval.margin;
  return judgePromotion({
    name,
    policy,
    ...versions,
    findings: policy.lint === 'off' ? [] : await lintVersion(prompt, request),
    people,
    now,
    ...(margin === undefined ? {} : { margin }),
  });
}

/** The gate of a label's version with that of another version that gets a share of the calls. */
function joinGates(gate: GateResult, other: GateResult, version: string): GateResult {
  const demands = other.demands.map((demand) => ({
    ...demand,
    text: `${version}: ${demand.text}`,
  }));
  return {
    ...gate,
    passed: gate.passed && other.passed,
    demands: [...gate.demands, ...demands],
  };
}

/** The version that a label points to. One that is no longer in the registry has no runs. */
async function readBase(request: PromotionRequest, version: string): Promise<ReadVersion> {
  const versions = await request.registry.versions(request.name);
  const record = versions.find((one) => one.version === version);
  if (record) return await readGated(request, record);
  const { prompt, version: own } = await readGated(request, request.version);
  return { version: { ...own, version }, prompt, runs: [], attached: new Set(), isGone: true };
}

async function attachJudged(
  { registry, name }: Pick<PromotionRequest, 'registry' | 'name'>,
  { version, runs, attached }: ReadVersion,
  ids: readonly string[],
): Promise<void> {
  for (const run of runs)
    if (ids.includes(run.run.id) && !attached.has(run.run.id))
      await registry.attachEval(name, version.version, run);
}

export interface MoveDetails {
  readonly by: string;
  readonly why: string;
  readonly now: number;
  readonly approvedBy?: readonly string[];
  /** The reason for overriding the gate. */
  readonly override?: string;
  readonly split?: Readonly<Record<string, number>>;
}

/** Moves the label. Rejects with RegistryError (`conflict`) when it has moved since the promotion was prepared. */
export async function promote(
  {
    registry,
    name,
    version,
    label,
  }: Pick<PromotionRequest, 'registry' | 'name' | 'version' | 'label'>,
  { gate, current, moves }: Promotion,
  { by, why, now, approvedBy = [], override, split }: MoveDetails,
): Promise<LabelMove> {
  const approvers = distinctPeople(approvedBy);
  const move: LabelMove = {
    v: 1,
    version: version.version,
    ...(split ? { split } : {}),
    from: current?.version ?? null,
    by,
    at: timeAfter(now, later(current?.at, version.at)),
    why: hideKeys(why, []),
    ...(gate.runs[0] === undefined ? {} : { eval: gate.runs[0] }),
    ...(approvers.length > 0 ? { approvedBy: approvers } : {}),
    ...(override === undefined ? {} : { override: hideKeys(override, []) }),
  };
  await registry.move(name, label, moves + 1, move);
  return move;
}

/** Moves a label back to the version it pointed to before. Resolves to the move. */
export async function rollback(
  registry: Registry,
  name: string,
  label: string,
  { by, why, now }: Pick<MoveDetails, 'by' | 'why' | 'now'>,
): Promise<LabelMove> {
  const moves = (await registry.moves(name)).filter((move) => move.label === label);
  const current = moves.at(-1);
  if (!current) throw new RegistryError('missing', `${name} has no label ${label}`);
  const previous = findPrevious(moves);
  if (previous === null)
    throw new RegistryError(
      'missing',
      `${label} of ${name} has only ever pointed to ${current.version}: there is no version to roll back to`,
    );
  const move: LabelMove = {
    v: 1,
    version: previous,
    from: current.version,
    by,
    at: timeAfter(now, current.at),
    why: hideKeys(why, []),
    rollback: true,
  };
  await registry.move(name, label, current.n + 1, move);
  return move;
}

/** Finds the version before the current one; rolling back twice goes back two steps. */
function findPrevious(moves: readonly LabelState[]): string | null {
  const history: string[] = [];
  for (const { version, rollback: isBack } of moves) {
    if (isBack && history.at(-2) === version) history.pop();
    else if (history.at(-1) !== version) history.push(version);
  }
  return history.at(-2) ?? null;
}

interface ReadVersion extends GatedVersion {
  readonly prompt: OpenedBundle;
  /** The ids of the runs that are attached to the version. */
  readonly attached: ReadonlySet<string>;
}

async function readGated(
  { registry, name, project }: Pick<PromotionRequest, 'registry' | 'name' | 'project'>,
  version: VersionRecord,
): Promise<ReadVersion> {
  const prompt = openBundle(await registry.bundle(name, version.version));
  const runs = await readRuns(registry, name, version, project);
  return { version, prompt, ...runs };
}

async function lintVersion(
  { document, rows }: OpenedBundle,
  { project, knowledge }: PromotionRequest,
): Promise<readonly Finding[]> {
  const { settings } = project;
  const tests = { rows: rows.filter(({ file }) => file !== undefined), problems: [] };
  const facts = await knowledge.gather({ file: null, prompt: document, settings, tests });
  return lint({ ...facts, prompt: document, settings }, rules);
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}
