import { commands, type QuickPickItem, type Uri, window } from 'vscode';
import { casesOf } from '#app/eval/prepare-eval.ts';
import {
  type Promotion,
  type PromotionRequest,
  preparePromotion,
  promote,
  rollback,
} from '#app/registry/promote.ts';
import { bundlePrompt } from '#app/registry/publish.ts';
import { findLabelProblem, USUAL_LABELS } from '#core/registry/names.ts';
import { type GateResult, resolvePolicy } from '#core/registry/promote.ts';
import type { VersionRecord } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { showError } from '../errors.ts';
import { evaluateShown } from '../testing/evaluate-aloud.ts';
import { promptFile } from '../testing/prompt-text.ts';
import { pickVersion } from './pick-version.ts';
import { readEditorInput } from './prompt-files.ts';
import type { RegistryView } from './registry-view.ts';
import type { RegistrySession } from './session.ts';

/** Moves a label to a version if its policy holds, or with a reason although it does not. */
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

/** Asks for a label, and says of each whether its policy holds. */
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
    const request = { registry, name, version, label, policy, project, knowledge, people };
    return { request, promotion: await preparePromotion(request) };
  };
  const known = findCurrentLabels(await registry.moves(name)).map(({ label }) => label);
  const labels = [...new Set([...USUAL_LABELS, ...known])].reverse();
  const items: (QuickPickItem & { readonly chosen: Chosen | null })[] = [];
  for (const label of labels) {
    const chosen = await choose(label);
    const { gate, current } = chosen.promotion;
    if (current?.version === version.version && !current.split) continue;
    const refusal = gate.demands.find(({ met }) => met === false)?.text;
    items.push({
      label,
      description: current ? `now ${current.version}` : '',
      detail: refusal ? `$(error) ${refusal}` : '$(pass) its policy holds',
      chosen,
    });
  }
  items.push({ label: 'Another label…', chosen: null });
  const title = `Which label shall point to ${name}@${version.version}?`;
  const picked = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (!picked || picked.chosen) return picked?.chosen ?? undefined;
  const label = await window.showInputBox({
    title: 'The new label',
    validateInput: (text) => findLabelProblem(text),
  });
  return label === undefined ? undefined : await choose(label);
}

type Answer =
  | { readonly override: string }
  | { readonly approvedBy: readonly string[] }
  | { readonly again: true };

/** Says why the gate refuses, and what would help. Null when nothing is to be done. */
async function showRefusal(
  view: RegistryView,
  { label, name, version }: PromotionRequest,
  { demands }: GateResult,
): Promise<Answer | null> {
  const refusals = demands.filter(({ met }) => met === false);
  const [evaluate, approve, overrule] = ['Evaluate', 'Name Who Agreed…', 'Overrule…'];
  const isUnapproved = refusals.some((demand) => demand.name === 'approvals');
  const file = view.findFile(name);
  const canEvaluate =
    file !== null &&
    refusals.some((demand) => demand.name === 'eval') &&
    (await isWorkingCopy(file, version));
  const message = `${label} of ${name} was not moved to ${version.version}: ${refusals.map(({ text }) => text).join('; ')}`;
  const actions = [
    ...(canEvaluate ? [evaluate] : []),
    ...(isUnapproved ? [approve] : []),
    overrule,
  ];
  const chosen = await window.showErrorMessage(message, ...actions);
  if (chosen === evaluate && file) {
    const prompt = await promptFile(file);
    // All of them: the gate asks for those that are held out, too.
    const ids = prompt && new Set((await casesOf(prompt)).map(({ id }) => id));
    // The gate speaks next: the label was moved, or why not.
    const done = await evaluateShown(view.parts, [file], {}, ids ?? undefined);
    return done.length > 0 ? { again: true } : null;
  }
  if (chosen === approve) {
    const title = 'Who else agreed? Names, with commas between them; they stay in the history.';
    const names = (await window.showInputBox({ title, ignoreFocusOut: true })) ?? '';
    const approvedBy = names.split(',').flatMap((text) => text.trim() || []);
    return approvedBy.length > 0 ? { approvedBy } : null;
  }
  if (chosen !== overrule) return null;
  const reason = await window.showInputBox({
    title: 'Why is the policy overruled? It stays in the history.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : null),
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
  // What it says must not wait for whoever reads it.
  void offerUndo(session, name, label, from, version.version).catch((error: Error) =>
    showError(error),
  );
}

/** The one notice of success: a release, with its undo. */
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
