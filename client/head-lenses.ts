import { CodeLens, type TextDocument, workspace } from 'vscode';
import { hashPrompt } from '#core/eval/hashes.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { fileAtRevision } from '#io/git.ts';

/** What git says of a file is believed this long, in ms. */
const BELIEVED = 5000;

const COMMAND = 'promptsmith.evaluatePrompt';

/** Says in the lens of the evaluation that it compares with HEAD: the language server runs no git. */
export class HeadLenses {
  /** File → what the prompt sent at HEAD. */
  readonly #known = new Map<
    string,
    { readonly at: number; readonly hash: Promise<string | null> }
  >();

  /** The lenses, that of the evaluation with `vs HEAD` where the file at HEAD sends something else. */
  async addTo(lenses: readonly CodeLens[], document: TextDocument): Promise<CodeLens[]> {
    const isBare = ({ command }: CodeLens): boolean =>
      command?.command === COMMAND && !command.title.includes(' vs ');
    if (!lenses.some(isBare) || !(await this.#isChanged(document))) return [...lenses];
    return lenses.map((lens) =>
      lens.command && isBare(lens)
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
    if (known && now - known.at < BELIEVED) return known.hash;
    for (const [other, { at }] of this.#known) if (now - at >= BELIEVED) this.#known.delete(other);
    const hash = readHash(file);
    this.#known.set(file, { at: now, hash });
    return hash;
  }
}

async function readHash(file: string): Promise<string | null> {
  const found = await fileAtRevision(file, 'HEAD');
  return 'text' in found ? hashPrompt(parsePrompt(found.text)) : null;
}
