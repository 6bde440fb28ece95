import { findClosest } from '../../find-closest.ts';
import type {
  CallSite,
  InlineCall,
  MissingPrompt,
  OtherFile,
  WorkflowProblems,
  WorkspaceFacts,
} from '../engine/facts.ts';
import { readCalls, readInlineCall, type WorkflowCall } from './read-calls.ts';
import { Repository, type SourceFile } from './repository.ts';
import { listLocalUses } from './workflow-parts.ts';

export type { SourceFile } from './repository.ts';
export { listLocalUses } from './workflow-parts.ts';

/** A GitHub Actions workflow or a local action, and the prompts that it runs. */
export interface Workflow extends OtherFile {
  readonly uri: string;
  readonly calls: readonly WorkflowCall[];
  /** Its prompts that are no files. */
  readonly inline: readonly InlineCall[];
}

/** Only files with one of these run a prompt. */
const RUNS = /\.prompt\.ya?ml|\/ai-inference@/;

/**
 * Reads the workflows of a repository with the local actions that they use. Never throws: what cannot be read runs no
 * prompt.
 */
export function readWorkflows(files: readonly SourceFile[]): Workflow[] {
  const found = new Map(
    files.map(({ uri }) => [uri, { calls: [] as WorkflowCall[], inline: [] as InlineCall[] }]),
  );
  if (files.some(({ text }) => RUNS.test(text)))
    new Repository(files, (reached) => {
      const own = found.get(reached.file.uri);
      own?.calls.push(...readCalls(reached));
      const inline = readInlineCall(reached);
      if (inline) own?.inline.push(inline);
    }).run(({ text }) => RUNS.test(text) || listLocalUses(text).length > 0);
  return files.map(({ uri, path, text }) => ({
    uri,
    path,
    text,
    calls: [],
    inline: [],
    ...found.get(uri),
  }));
}

/** Reads one workflow without the files around it. */
export function readWorkflow(uri: string, path: string, text: string): Workflow {
  const [workflow] = readWorkflows([{ uri, path, text }]);
  return workflow ?? { uri, path, text, calls: [], inline: [] };
}

/** Finds the steps that run a prompt, and the texts of their workflows. `promptPath`: relative to the repository root. */
export function findCallSites(
  workflows: readonly Workflow[],
  promptPath: string,
  problems?: WorkflowProblems,
): Pick<WorkspaceFacts, 'workflowProblems'> & {
  callSites: CallSite[];
  files: Map<string, OtherFile>;
} {
  const callSites: CallSite[] = [];
  const files = new Map<string, OtherFile>();
  for (const { uri, path, text, calls } of workflows) {
    const own = calls.filter(({ promptFile }) => promptFile === promptPath);
    callSites.push(...own);
    const others = [...(problems?.missing ?? []), ...(problems?.inline ?? [])];
    if (own.length > 0 || others.some((one) => one.uri === uri)) files.set(uri, { path, text });
  }
  return { callSites, files, ...(problems && { workflowProblems: problems }) };
}

/** The prompt files that workflows name and that the repository must contain. */
export function listExpectedPrompts(workflows: readonly Workflow[]): string[] {
  const calls = workflows.flatMap((workflow) => workflow.calls);
  return [...new Set(calls.filter((one) => one.isExpected).map((one) => one.promptFile))];
}

/**
 * Assigns what is wrong in the workflows of a repository to its prompt files, each problem to one: a missing prompt to
 * the file that is probably meant, everything else to the first. `prompts`: all of them, relative to the root; `others` exist where no search
 * finds them.
 */
export function assignProblems(
  workflows: readonly Workflow[],
  prompts: readonly string[],
  others: ReadonlySet<string> = new Set(),
): Map<string, WorkflowProblems> {
  const known = new Set([...prompts, ...others]);
  const assigned = new Map<string, { missing: MissingPrompt[]; inline: InlineCall[] }>();
  const of = (prompt: string): { missing: MissingPrompt[]; inline: InlineCall[] } => {
    const problems = assigned.get(prompt) ?? { missing: [], inline: [] };
    assigned.set(prompt, problems);
    return problems;
  };
  const [first] = prompts;
  if (first === undefined) return assigned;
  for (const { uri, calls, inline } of workflows) {
    if (inline.length > 0) of(first).inline.push(...inline);
    for (const { promptFile, span, isExpected, isWhole } of calls) {
      if (!isExpected || known.has(promptFile)) continue;
      const meant = findMeant(promptFile, prompts);
      of(meant ?? first).missing.push({ uri, span, path: promptFile, isWhole, meant });
    }
  }
  return assigned;
}

/** The file of the same name in another folder, or one with nearly the same path. */
function findMeant(path: string, prompts: readonly string[]): string | null {
  const stem = (name: string): string =>
    name.slice(name.lastIndexOf('/') + 1).replace(/ya?ml$/i, '');
  const same = prompts.filter((prompt) => stem(prompt) === stem(path));
  return findClosest(path, same) ?? same[0] ?? findClosest(path, prompts) ?? null;
}
