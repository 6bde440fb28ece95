import { createPlan } from '#core/eval/plan/plan.ts';
import { Report } from '#core/eval/report/report.ts';
import { lint } from '#core/lint/engine/lint.ts';
import type { Finding } from '#core/lint/engine/rule.ts';
import { type OpenedBundle, openBundle } from '#core/registry/bundle.ts';
import {
  distinctPeople,
  type GateResult,
  judgePromotion,
  type Policy,
} from '#core/registry/promote.ts';
import type {
  AttachedEval,
  LabelMove,
  LabelState,
  Registry,
  VersionRecord,
} from '#core/registry/registry.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { timeAfter } from '#core/registry/time.ts';
import { rules } from '#core/rules/index.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import type { Project } from '../prompt/project.ts';
import type { PromptKnowledge } from '../prompt/prompt-knowledge.ts';

export interface PromotionRequest {
  readonly registry: Registry;
  readonly name: string;
  readonly version: VersionRecord;
  readonly label: string;
  readonly policy: Policy;
  readonly project: Project;
  readonly knowledge: PromptKnowledge;
  /** Who promotes, then the other approvers. */
  readonly people: readonly string[];
}

/** A prepared promotion: the gate's result and the current state of the label. */
export interface Promotion {
  readonly gate: GateResult;
  readonly current: LabelState | null;
  /** How many moves the label has had. */
  readonly moves: number;
}

/**
 * Checks a version against its label's promotion policy. Finished runs of exactly this content that the
 * project has stored are attached to the version first, so that others see what the gate judged.
 */
export async function preparePromotion(request: PromotionRequest): Promise<Promotion> {
  const { registry, name, version, label, policy, project, people } = request;
  const moves = await registry.moves(name);
  const current = findCurrentLabels(moves).find((state) => state.label === label) ?? null;
  const opened = openBundle(await registry.bundle(name, version.version));
  const base = current && current.version !== version.version ? current.version : null;
  const margin = opened.settings.margin ?? project.settings.eval.margin;
  const gate = judgePromotion({
    policy,
    version,
    prompt: opened,
    findings: policy.lint === 'off' ? [] : await lintVersion(opened, request),
    runs: await attachRuns(registry, name, version, project),
    base: base === null ? null : { version: base, runs: await baseRuns(request, base) },
    people,
    ...(margin === undefined ? {} : { margin }),
  });
  return { gate, current, moves: current?.n ?? 0 };
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
    ...(gate.run === null ? {} : { eval: gate.run }),
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

/** Attaches the project's finished runs of a version to it, and resolves to all its runs, the newest first. */
export async function attachRuns(
  registry: Registry,
  name: string,
  version: VersionRecord,
  project: Pick<Project, 'root'>,
): Promise<AttachedEval[]> {
  const attached = await registry.evals(name, version.version);
  const known = new Set(attached.map(({ run }) => run.id));
  const store = openRunStore(project.root);
  const opened = openBundle(await registry.bundle(name, version.version));
  for (const { id, summary } of await store.list(name).catch(() => [])) {
    if (known.has(id) || summary?.end !== 'done' || !isRunOf(summary.run.hashes, version)) continue;
    const report = new Report();
    for await (const event of store.events(name, id)) report.add(event);
    const whole = report.summary();
    if (!whole) continue;
    const { cases } = createPlan(opened.document, { models: [], rows: opened.rows });
    const result: AttachedEval = { ...whole, cases: report.cases(cases) };
    await registry.attachEval(name, version.version, result);
    attached.push(result);
  }
  return attached
    .filter(({ run }) => isRunOf(run.hashes, version))
    .sort((a, b) => (a.run.at < b.run.at ? 1 : -1));
}

async function baseRuns({ registry, name, project }: PromotionRequest, base: string) {
  const record = (await registry.versions(name)).find(({ version }) => version === base);
  return record ? await attachRuns(registry, name, record, project) : [];
}

function isRunOf(hashes: VersionRecord['hashes'], version: VersionRecord): boolean {
  const { prompt, data, checks } = version.hashes;
  return hashes.prompt === prompt && hashes.data === data && hashes.checks === checks;
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
