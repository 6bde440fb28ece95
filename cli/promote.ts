import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import { preparePromotion, promote as promoteVersion } from '#app/registry/promote.ts';
import { findLabelProblem } from '#core/registry/names.ts';
import { resolvePolicy } from '#core/registry/policy.ts';
import { parseReference } from '#core/registry/reference.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import { writeSnapshot } from '#io/registries/snapshot.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
  wantsJson,
} from './command.ts';
import { AUTHOR_OPTION, findAuthor, REGISTRY_OPTIONS, withRegistry } from './registry-call.ts';
import { printGate } from './reporters/gate-plain.ts';
import { readSplit } from './split.ts';

export const promote: Command = {
  name: 'promote',
  summary: 'move a label such as production to a version, if its promotion policy is satisfied',
  operands: 'NAME VERSION LABEL',
  about: [
    'The label moves only if its promotion policy, under `promotion` in .promptsmith.yaml, is satisfied. `production` has one by default: no lint errors, whole and conclusive evals of exactly this content, on its own model and answered by the model, in which all required (`must`) cases pass and `acceptance` is met, and no regression against the version in production. `gate: non-inferior` also requires proof that the version is not worse.',
    'Each version that --split gives a share has to satisfy the policy, too.',
    'In an emergency, --override --reason "…" moves the label anyway and is recorded in the history. The gate guards those who use this tool; access control is the job of the database or the repository.',
    'Exit codes: 0 moved, 1 policy not satisfied, 2 could not run.',
  ],
  options: [
    { name: 'why', type: 'text', value: 'text', summary: 'the reason, for the history' },
    {
      name: 'override',
      type: 'flag',
      summary: 'move the label although the policy is not satisfied; requires --reason',
    },
    { name: 'reason', type: 'text', value: 'text', summary: 'the reason for the override' },
    {
      name: 'approved-by',
      type: 'text',
      value: 'name',
      repeatable: true,
      summary: 'another approver; whoever promotes is one, unless they are the author',
    },
    {
      name: 'split',
      type: 'text',
      value: 'version=percent',
      repeatable: true,
      summary: 'send a percentage of the calls to another version: 1.5.0=5',
    },
    { name: 'dry-run', type: 'flag', summary: 'check the policy, and move nothing' },
    AUTHOR_OPTION,
    ...REGISTRY_OPTIONS,
    ...formatOptions(['plain', 'json']),
  ],
  examples: [
    ['promote support/triage 1.5.0 production', 'move it if the policy is satisfied'],
    ['promote support/triage 1.4.0 production --split 1.5.0=5', 'a canary: 5 % of the calls'],
  ],
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const [name, wanted, label] = readOperands(args.files);
  const reference = parseReference(`${name}@${wanted}`);
  if ('error' in reference) throw new UsageError(`${reference.error}.`);
  const problem = findLabelProblem(label);
  if (problem !== null) throw new UsageError(`${problem}.`);
  const reason = args.text('reason');
  if (args.flag('override') && !reason?.trim())
    throw new UsageError('--override requires --reason "…", which is recorded in the history.');
  const by = await findAuthor(args, context);
  const approvedBy = args.texts('approved-by');
  return await withRegistry(args, context, async (registry, project) => {
    const version = await resolveReference(registry, reference);
    const split = await readSplit(args.texts('split'), registry, name, version.version);
    const known = split === null ? [] : await registry.versions(name);
    const request = {
      ...{ registry, name, version, label, project },
      shared: known.filter((one) => Object.hasOwn(split ?? {}, one.version)),
      policy: resolvePolicy(label, project.settings),
      knowledge: new PromptKnowledge(today()),
      people: [by, ...approvedBy],
      now: Date.now(),
    };
    const prepared = await preparePromotion(request);
    const { gate, current } = prepared;
    const override = gate.passed || !args.flag('override') ? undefined : reason;
    const isCurrent = current?.version === version.version && !split && !current.split;
    if (isCurrent)
      throw new UsageError(`${label} of ${name} already points to ${version.version}.`);
    const moves = (gate.passed || override !== undefined) && !args.flag('dry-run');
    if (moves)
      await promoteVersion(request, prepared, {
        ...{ by, approvedBy, now: Date.now(), why: args.text('why') ?? '' },
        ...(override === undefined ? {} : { override }),
        ...(split === null ? {} : { split }),
      });
    if (moves) await writeSnapshot(project.root, registry, [name], Date.now());
    const from = current?.version ?? null;
    const about = {
      name,
      label,
      from,
      version: version.version,
      split,
      override: override ?? null,
    };
    if (wantsJson(args)) terminal.printJson({ v: 1, moved: moves, ...about, gate });
    else {
      printGate(gate, terminal);
      const path = `${label} of ${name} ${from ?? '(new)'} → ${version.version}`;
      const isRefused = !gate.passed && override === undefined;
      const verdict = gate.passed ? 'satisfied' : isRefused ? 'not satisfied' : 'overridden';
      const action = moves ? 'moved' : isRefused ? 'did not move' : 'would move';
      terminal.print(`promotion policy is ${verdict}: ${action} ${path}`);
      if (moves && from) terminal.print(`  undo: promptsmith rollback ${name} ${label}`);
    }
    return gate.passed || override !== undefined ? 0 : 1;
  });
}

function readOperands(files: readonly string[]): readonly [string, string, string] {
  const [first = '', second = '', third] = files;
  const [name = '', version] = first.split('@');
  if (version !== undefined && files.length === 2) return [name, version, second];
  if (files.length === 3 && version === undefined) return [first, second, third ?? ''];
  throw new UsageError(
    'promote takes NAME VERSION LABEL, such as support/triage 1.5.0 production.',
  );
}
