import { CodeLens, type TextDocument, workspace } from 'vscode';
import { hashPrompt } from '#core/eval/hashes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { EvaluationLensData } from '#core/protocol.ts';
import { readFileAtRevision } from '#io/git.ts';

/** How long the file at HEAD is remembered, in ms. */
const MAX_AGE = 5000;

/** Adds to the evaluation's lens that it compares with HEAD, since the language server does not run git. */
export class HeadLensDecorator {
  /** File → the hash of the prompt at HEAD. */
  readonly #known = new Map<
    string,
    { readonly at: number; readonly hash: Promise<string | null> }
  >();

  /** Appends `vs HEAD` to the lens of the evaluation if the prompt at HEAD sends something else. */
  async decorate(lenses: readonly CodeLens[], document: TextDocument): Promise<CodeLens[]> {
    if (!lenses.some(isUndecided) || !(await this.#isChanged(document))) return [...lenses];
    return lenses.map((lens) =>
      lens.command && isUndecided(lens)
        ? new CodeLens(lens.range, { ...lens.command, title: `${lens.command.title} vs HEAD` })
        : lens,
    );
  }

  async #isChanged(document: TextDocument): Promise<boolean> {
    if (!workspace.isTrusted || document.uri.scheme !== 'file') return false;
    const before = await this.#hashAtHead(document.uri.fsPath);
    return before !== null && before !== hashPrompt(parsePrompt(document.getText()));
  }

  #hashAtHead(file: string): Promise<string | null> {
    const now = Date.now();
    const known = this.#known.get(file);
    if (known && now - known.at < MAX_AGE) return known.hash;
    for (const [other, { at }] of this.#known) if (now - at >= MAX_AGE) this.#known.delete(other);
    const hash = readHash(file);
    this.#known.set(file, { at: now, hash });
    return hash;
  }
}

/** Whether a lens evaluates and the server names nothing to compare with. The client library keeps `data`. */
function isUndecided(lens: CodeLens & { readonly data?: Partial<EvaluationLensData> }): boolean {
  return lens.data?.comparedWith === null;
}

async function readHash(file: string): Promise<string | null> {
  const found = await readFileAtRevision(file, 'HEAD');
  return 'text' in found ? hashPrompt(parsePrompt(found.text)) : null;
}
