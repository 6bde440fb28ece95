import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Check } from './checks.ts';
import { eventually, write } from './support.ts';

/** The vendor that the manifest of the runner declares. */
export const VENDOR = 'promptsmith-tests';

interface Said {
  readonly role: number;
  readonly content: readonly { readonly value?: string }[];
}

/** What newer versions than our types have, as far as it is used here. */
interface Providers {
  registerLanguageModelChatProvider?(
    vendor: string,
    provider: {
      provideLanguageModelChatInformation(): object[];
      provideLanguageModelChatResponse(
        model: object,
        messages: readonly Said[],
        options: object,
        progress: { report(part: object): void },
      ): Promise<void>;
      provideTokenCount(): Promise<number>;
    },
  ): vscode.Disposable;
}

/** VS Code's own language models answer prompts, where that version lets an extension bring one. */
export function languageModelChecks(): readonly Check[] {
  const { registerLanguageModelChatProvider: register } = vscode.lm as Providers;
  if (!register) return [];
  return [
    {
      name: 'a language model of VS Code answers, and has the system text in the user message',
      run: () =>
        withModel(register, async (asked) => {
          const uri = await write('own.prompt.yaml', PROMPT);
          await vscode.window.showTextDocument(uri);
          await vscode.commands.executeCommand('promptsmith.runPrompt', uri.toString());
          const [run] = await eventually(
            async () => pastRuns(uri),
            (runs) => runs.length > 0,
          );
          const [answer] = run?.answers ?? [];
          assert.equal(answer?.view.error, null);
          assert.equal(answer?.text, 'Good day');
          const figures = Object.fromEntries(answer?.view.figures ?? []);
          assert.equal(figures.cost, 'unknown');
          assert.match(
            answer?.view.notes.join(),
            /the system message is prepended to the user message/,
          );
          assert.deepEqual(asked, [['Be kind.\n\nHello Ada']]);
        }),
    },
    {
      name: 'golden cases run on a language model of VS Code, at an unknown cost',
      run: () =>
        withModel(register, async (asked) => {
          const uri = await write('own.prompt.yaml', PROMPT);
          // With a price nobody is asked before the run; what was used is unknown all the same.
          const settings = await write('.promptsmith.yaml', PRICED);
          await vscode.window.showTextDocument(uri);
          await vscode.commands.executeCommand('promptsmith.evaluatePrompt', uri.toString());
          await vscode.workspace.fs.delete(settings);
          const [summary] = await eventually(
            async () => summaries(uri),
            (found) => found.length > 0,
          );
          const { passed, failed, cost } = summary?.totals ?? {};
          assert.deepEqual([passed, failed, cost], [1, 0, null]);
          assert.deepEqual(summary?.run.origins, ['vscode:']);
          assert.deepEqual(
            summary?.changes?.map(({ key }) => key),
            ['seed'],
          );
          assert.deepEqual(asked, [['Be kind.\n\nHello Ada']]);
        }),
    },
  ];
}

const PROMPT = `model: vscode/${VENDOR}/echo
modelParameters: { seed: 7 }
messages:
  - { role: system, content: Be kind. }
  - { role: user, content: "Hello {{name}}" }
testData:
  - { name: Ada }
evaluators:
  - { name: greets, uses: promptsmith/contains, with: Good }
`;

const PRICED = `models: { vscode/${VENDOR}/echo: { input: 1, output: 1 } }
`;

/** Runs a check while there is a model that says good day; it is handed the texts it was asked with. */
async function withModel(
  register: NonNullable<Providers['registerLanguageModelChatProvider']>,
  run: (asked: readonly string[][]) => Promise<void>,
): Promise<void> {
  const asked: string[][] = [];
  const provider = register(VENDOR, {
    provideLanguageModelChatInformation: () => [
      {
        id: 'echo',
        name: 'Echo',
        family: 'echo',
        version: '1',
        maxInputTokens: 1000,
        maxOutputTokens: 1000,
        capabilities: {},
      },
    ],
    async provideLanguageModelChatResponse(_, messages, __, progress) {
      const isUser = ({ role }: Said) => role === vscode.LanguageModelChatMessageRole.User;
      assert.ok(messages.every(isUser));
      asked.push(messages.map(({ content }) => content.map(({ value }) => value).join('')));
      for (const part of ['Good ', 'day']) progress.report(new vscode.LanguageModelTextPart(part));
    },
    provideTokenCount: async () => 1,
  });
  try {
    await run(asked);
  } finally {
    provider.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

interface Past {
  readonly answers: readonly {
    readonly text: string;
    readonly view: {
      readonly error: string | null;
      readonly notes: readonly string[];
      readonly figures: [string, string][];
    };
  }[];
}

/** The playground's history as it lies on the disk. */
function pastRuns(uri: vscode.Uri): Past[] {
  const storage = join(uri.fsPath, '../../../data/data/User/workspaceStorage');
  return readdirSync(storage, { recursive: true, encoding: 'utf8' })
    .filter((path) => /promptsmith\.promptsmith\/history\/.*\.json$/.test(path))
    .flatMap((path) => JSON.parse(readFileSync(join(storage, path), 'utf8')).runs as Past[]);
}

interface Summary {
  readonly totals: {
    readonly passed: number;
    readonly failed: number;
    readonly cost: number | null;
  };
  readonly run: { readonly origins: readonly string[] };
  readonly changes?: readonly { readonly key: string }[];
}

/** Of the runs that are stored beside a prompt. */
function summaries(uri: vscode.Uri): Summary[] {
  const folder = join(uri.fsPath, '../.promptsmith/runs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('summary.json'))
    .map((path) => JSON.parse(readFileSync(join(folder, path), 'utf8')));
}
