import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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
      async run() {
        const asked: Said[][] = [];
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
            asked.push([...messages]);
            for (const part of ['Good ', 'day']) {
              progress.report(new vscode.LanguageModelTextPart(part));
            }
          },
          provideTokenCount: async () => 1,
        });
        try {
          const uri = await write(
            'own.prompt.yaml',
            `model: vscode/${VENDOR}/echo
messages:
  - { role: system, content: Be kind. }
  - { role: user, content: Hello }
`,
          );
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
          assert.equal(asked.length, 1);
          assert.deepEqual(
            asked[0]?.map(({ role, content }) => [
              role,
              content.map(({ value }) => value).join(''),
            ]),
            [[vscode.LanguageModelChatMessageRole.User, 'Be kind.\n\nHello']],
          );
        } finally {
          provider.dispose();
          await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        }
      },
    },
  ];
}

interface Past {
  readonly answers: readonly {
    readonly text: string;
    readonly view: { readonly error: string | null; readonly figures: [string, string][] };
  }[];
}

/** The playground's history as it lies on the disk. */
function pastRuns(uri: vscode.Uri): Past[] {
  const storage = join(uri.fsPath, '../../../data/data/User/workspaceStorage');
  return readdirSync(storage, { recursive: true, encoding: 'utf8' })
    .filter((path) => /promptsmith\.promptsmith\/history\/.*\.json$/.test(path))
    .flatMap((path) => JSON.parse(readFileSync(join(storage, path), 'utf8')).runs as Past[]);
}
