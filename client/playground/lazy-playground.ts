import { Disposable, type ExtensionContext, Uri, window } from 'vscode';
import type { AnswerDocuments } from '../answer-documents.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { SessionCost } from '../session-cost.ts';
import { registerBilledHover } from './billed-hover.ts';
import { BilledTokens } from './billed-tokens.ts';
import { InlineAnswers } from './inline-answers.ts';
import type { PlaygroundState } from './messages.ts';
import type { Playground } from './playground.ts';
import { PLAYGROUND_TYPE, type PlaygroundRequest } from './playground-context.ts';

/** The playground, whose code is loaded when it is first shown. */
export class LazyPlayground implements Disposable {
  readonly #spent: SessionCost;
  readonly #inline = new InlineAnswers();
  readonly #extension: ExtensionContext;
  readonly #keys: ApiKeys;
  readonly #documents: AnswerDocuments;
  readonly #billed: BilledTokens;
  readonly #parts: Disposable;
  #loaded: Promise<Playground> | undefined;

  constructor(
    extension: ExtensionContext,
    keys: ApiKeys,
    documents: AnswerDocuments,
    spent: SessionCost,
  ) {
    this.#spent = spent;
    this.#documents = documents;
    this.#extension = extension;
    this.#keys = keys;
    this.#billed = new BilledTokens(extension.globalState);
    this.#parts = Disposable.from(
      this.#inline,
      registerBilledHover(this.#billed),
      window.registerWebviewPanelSerializer(PLAYGROUND_TYPE, {
        deserializeWebviewPanel: async (panel, state: PlaygroundState | undefined) => {
          if (typeof state?.uri !== 'string') return panel.dispose();
          const playground = await this.#load();
          await playground.restore(panel, Uri.parse(state.uri), state);
        },
      }),
    );
  }

  /** Opens the playground of a prompt, or brings it to the front. */
  async show(uri: Uri, opening: PlaygroundRequest): Promise<void> {
    await (await this.#load()).show(uri, opening);
  }

  /** Takes the answers beside golden cases away, of one file or of all. */
  dismissAnswers(uri?: Uri): void {
    this.#inline.dismiss(uri);
  }

  dispose(): void {
    this.#parts.dispose();
    void this.#loaded?.then((playground) => playground.dispose());
  }

  #load(): Promise<Playground> {
    this.#loaded ??= import('../on-demand.ts').then(
      ({ Playground }) =>
        new Playground({
          extension: this.#extension.extensionUri,
          storage: this.#extension.storageUri,
          keys: this.#keys,
          billed: this.#billed,
          spent: this.#spent,
          inline: this.#inline,
          documents: this.#documents,
        }),
    );
    return this.#loaded;
  }
}
