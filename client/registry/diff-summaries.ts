import {
  CodeLens,
  type CodeLensProvider,
  Disposable,
  EventEmitter,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { PromptEvaluator } from '../testing/prompt-evaluator.ts';
import { type DiffContext, diffVersionDocument } from './diff-sides.ts';
import { summarizeDiff } from './diff-text.ts';
import { readVersionUri, VERSION_SCHEME } from './version-uri.ts';

const PAUSE_MS = 300;

/** The summary of a diff, above the version on its left: changes and their effects. */
export class DiffSummaries implements CodeLensProvider, Disposable {
  readonly #means: DiffContext;
  readonly #changed = new EventEmitter<void>();
  readonly #parts: Disposable;
  #pause: NodeJS.Timeout | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(means: DiffContext, evals: PromptEvaluator) {
    this.#means = means;
    this.#parts = Disposable.from(
      this.#changed,
      workspace.onDidChangeTextDocument(({ document: { uri } }) => {
        if (uri.scheme !== VERSION_SCHEME && isInOpenDiff(uri.toString())) this.#later();
      }),
      evals.onDidFinish(() => this.#later()),
    );
  }

  async provideCodeLenses({ uri }: TextDocument): Promise<CodeLens[]> {
    const sides = readVersionUri(uri);
    if (!sides?.against) return [];
    const found = await diffVersionDocument(this.#means, sides);
    if (!found) return [];
    return summarizeDiff(found).map(({ text, meaning }, i) => {
      const command = i === 0 ? 'promptsmith.showDifferences' : '';
      return new CodeLens(new Range(0, 0, 0, 0), {
        title: text,
        tooltip: meaning,
        command,
        arguments: [uri.toString()],
      });
    });
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#parts.dispose();
  }

  #later(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#changed.fire(), PAUSE_MS);
  }
}

/** Whether a version is open beside a file. */
function isInOpenDiff(uri: string): boolean {
  return workspace.textDocuments.some((document) => {
    const sides = readVersionUri(document.uri);
    return sides?.against === 'file' && sides.file.toString() === uri;
  });
}
