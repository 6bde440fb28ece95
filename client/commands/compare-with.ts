import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { PromptFile } from '#app/prompt/open-input.ts';
import { showNoPromptMessage } from '../active-prompt.ts';
import { evaluateAndNotify } from '../testing/evaluate-and-notify.ts';
import { promptFile } from '../testing/prompt-file.ts';
import type { Command, CommandContext } from './command.ts';
import { resolvePromptUris } from './prompt-uris.ts';

interface Choice extends QuickPickItem {
  /** What is compared with; a function asks for it. */
  readonly spec?: string;
  ask?(): Thenable<string | undefined>;
}

/** Stored runs that are offered, newest first; and published versions. */
const MAX_RUNS = 20;
const MAX_VERSIONS = 10;

/** Evaluates a prompt and compares it with a revision, a published version, another file or a stored run. */
export const compareWith: Command = {
  id: 'promptsmith.compareWith',
  async run(context, ...args) {
    const [uri] = resolvePromptUris(context, args);
    const prompt = uri && (await promptFile(uri));
    if (!uri || !prompt) {
      await showNoPromptMessage();
      return;
    }
    const chosen = await window.showQuickPick(await listChoices(context, uri, prompt), {
      title: `Compare ${workspace.asRelativePath(uri)} with`,
      matchOnDescription: true,
    });
    const spec = chosen?.spec ?? (await chosen?.ask?.());
    if (!spec) return;
    const [done] = await evaluateAndNotify(context, [uri], {
      baseline: { kind: 'named', spec, whenMissing: 'run' },
    });
    if (done) await context.results.show(uri, done.finished.outcome.summary.run.id);
  },
};

async function listChoices(
  context: CommandContext,
  uri: Uri,
  prompt: PromptFile,
): Promise<Choice[]> {
  const { listPublishedVersions, listRuns } = await import('../on-demand.ts');
  const published = (await listPublishedVersions(prompt)).map(
    ({ version, labels, spec, change }): Choice => ({
      label: `$(tag) ${[...labels, version].join(' · ')}`,
      description: change,
      spec,
    }),
  );
  const runs = (await listRuns(prompt)).flatMap(({ id, summary }): Choice[] => {
    if (summary?.end !== 'done') return [];
    const { passed, failed, errored } = summary.totals;
    return [
      {
        label: `$(beaker) ${new Date(summary.run.at).toLocaleString()}`,
        description: `${passed}/${passed + failed + errored} · ${summary.run.models.join(', ')}`,
        detail: id,
        spec: id,
      },
    ];
  });
  return [
    {
      label: '$(git-commit) HEAD',
      description: 'the committed file',
      spec: 'HEAD',
    },
    { label: '$(git-branch) Git Revision…', ask: askForRevision },
    { label: '$(file) Another Prompt…', ask: () => askForPrompt(context, uri) },
    ...published.slice(0, MAX_VERSIONS),
    ...runs.slice(0, MAX_RUNS),
  ];
}

function askForRevision(): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Git revision to compare with',
    placeHolder: 'main, HEAD~3, v1.2.0',
  });
}

async function askForPrompt({ prompts }: CommandContext, own: Uri): Promise<string | undefined> {
  const others = prompts.prompts.filter(({ uri }) => uri !== own.toString());
  const items = others.map(({ name, path, uri }) => ({ label: name, description: path, uri }));
  const chosen = await window.showQuickPick(items, {
    title: 'Prompt to compare with (runs on the golden cases of this prompt)',
    matchOnDescription: true,
  });
  return chosen && Uri.parse(chosen.uri).fsPath;
}
