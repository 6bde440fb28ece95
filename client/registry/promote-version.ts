import { commands, type QuickPickItem, type Uri, window } from 'vscode';
import { readCases } from '#app/eval/read-cases.ts';
import {
  type Promotion,
  type PromotionRequest,
  preparePromotion,
  promote,
  rollback,
} from '#app/registry/promote.ts';
import { bundlePrompt } from '#app/registry/publish.ts';
import { findLabelProblem, USUAL_LABELS } from '#core/registry/names.ts';
import { resolvePolicy } from '#core/registry/policy.ts';
import type { GateResult } from '#core/registry/promote.ts';
import type { VersionRecord } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { showError } from '../errors.ts';
import { promptFile } from '../testing/prompt-file.ts';
import { pickVersion } from './pick-version.ts';
import {
  describePolicyState,
  describeRefusal,
  parseApprovers,
  type RefusalAction,
} from './promotion-texts.ts';
import { readEditorInput } from './prompt-files.ts';
import type { RegistryView } from './registry-view.ts';
import type { RegistrySession } from './session.ts';

/** Moves a label to a version if its policy is satisfied, or if the user overrides it with a reason. */
export async function promoteVersion(
  view: RegistryView,
  session: RegistrySession,
  name: string,
  wanted: string | null,
): Promise<void> {
  const { versions } = await session.history(name);
  const version = await pickVersion(name, versions, wanted);
  const chosen = version && (await pickLabel(view, session, name, version));
  if (!chosen) return;
  let { request, promotion } = chosen;
  for (;;) {
    if (promotion.gate.passed) return await moveLabel(session, request, promotion);
    const answer = await showRefusal(view, request, promotion.gate);
    if (answer === null) return;
    if ('override' in answer) return await moveLabel(session, request, promotion, answer.override);
    if ('approvedBy' in answer)
      request = { ...request, people: [...request.people, ...answer.approvedBy] };
    promotion = await preparePromotion(request);
  }
}

interface Chosen {
  readonly request: PromotionRequest;
  readonly promotion: Promotion;
}

/** Asks for a label and shows for each whether its policy is satisfied. */
async function pickLabel(
  { knowledge }: RegistryView,
  session: RegistrySession,
  name: string,
  version: VersionRecord,
): Promise<Chosen | undefined> {
  const { registry, project } = session;
  const people = [await session.author()];
  const choose = async (label: string): Promise<Chosen> => {
    const policy = resolvePolicy(label, project.settings);
    const now = Date.now();
    const request = { registry, name, version, label, policy, project, knowledge, people, now };
    return { request, promotion: await preparePromotion(request) };
  };
  const known = findCurrentLabels(await registry.moves(name)).map(({ label }) => label);
  const labels = [...new Set([...USUAL_LABELS, ...known])].reverse();
  const items: (QuickPickItem & { readonly chosen: Chosen | null })[] = [];
  for (const label of labels) {
    const chosen = await choose(label);
    const { gate, current } = chosen.promotion;
    if (current?.version === version.version && !current.split) continue;
    items.push({
      label,
      description: current ? `currently ${current.version}` : '',
      detail: describePolicyState(gate),
      chosen,
    });
  }
  items.push({ label: 'New Label…', chosen: null });
  const title = `Promote ${name}@${version.version} to which label?`;
  const picked = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (!picked || picked.chosen) return picked?.chosen ?? undefined;
  const label = await window.showInputBox({
    title: 'Name of the new label',
    validateInput: (text) => findLabelProblem(text),
  });
  return label === undefined ? undefined : await choose(label);
}

type Answer =
  | { readonly override: string }
  | { readonly approvedBy: readonly string[] }
  | { readonly again: true };

const BUTTONS: Readonly<Record<RefusalAction, string>> = {
  evaluate: 'Evaluate',
  approve: 'Add Approver…',
  override: 'Override…',
};

/** Shows why the gate refuses, with the actions that help. Null if the user dismisses it. */
async function showRefusal(
  view: RegistryView,
  { label, name, version }: PromotionRequest,
  gate: GateResult,
): Promise<Answer | null> {
  const file = view.findFile(name);
  const canEvaluate = file !== null && (await isWorkingCopy(file, version));
  const refusal = describeRefusal(`${name}@${version.version}`, label, gate, canEvaluate);
  const chosen = await window.showErrorMessage(
    refusal.message,
    ...refusal.actions.map((action) => BUTTONS[action]),
  );
  if (chosen === BUTTONS.evaluate && file) {
    const prompt = await promptFile(file);
    // All cases: the gate also requires the holdout.
    const ids = prompt && new Set((await readCases(prompt)).cases.map(({ id }) => id));
    // The gate's result is shown next.
    const done = await view.parts.evals.evaluate([file], { showsProgress: true }, ids ?? undefined);
    return done.length > 0 ? { again: true } : null;
  }
  if (chosen === BUTTONS.approve) {
    const title = 'Approvers, separated by commas. They are recorded in the history.';
    const names = (await window.showInputBox({ title, ignoreFocusOut: true })) ?? '';
    const approvedBy = parseApprovers(names);
    return approvedBy.length > 0 ? { approvedBy } : null;
  }
  if (chosen !== BUTTONS.override) return null;
  const reason = await window.showInputBox({
    title: 'Reason for overriding the policy. It is recorded in the history.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A reason is required.' : null),
  });
  return reason?.trim() ? { override: reason.trim() } : null;
}

async function isWorkingCopy(file: Uri, { hashes }: VersionRecord): Promise<boolean> {
  const made = await readEditorInput(file)
    .then(bundlePrompt)
    .catch(() => null);
  return made?.hashes.content === hashes.content && made.hashes.data === hashes.data;
}

async function moveLabel(
  session: RegistrySession,
  request: PromotionRequest,
  promotion: Promotion,
  override?: string,
): Promise<void> {
  const { name, label, version } = request;
  const by = await session.author();
  const approvedBy = request.people.slice(1);
  const details = { by, approvedBy, why: '', now: Date.now() };
  await promote(request, promotion, override === undefined ? details : { ...details, override });
  session.reportChange(name);
  const from = promotion.current?.version ?? null;
  // Do not wait for the user to close the notification.
  void offerUndo(session, name, label, from, version.version).catch((error: Error) =>
    showError(error),
  );
}

/** The notification after a promotion, with Undo. */
async function offerUndo(
  session: RegistrySession,
  name: string,
  label: string,
  from: string | null,
  to: string,
): Promise<void> {
  const undo = 'Undo';
  const said = `${label} of ${name}: ${from ?? '(new)'} → ${to}`;
  if ((await window.showInformationMessage(said, ...(from === null ? [] : [undo]))) !== undo)
    return;
  const by = await session.author();
  await rollback(session.registry, name, label, { by, why: 'undone', now: Date.now() });
  session.reportChange(name);
  window.setStatusBarMessage(`${label} of ${name}: ${to} → ${from ?? ''}`, 5000);
  await commands.executeCommand('promptsmith.registry.focus');
}
