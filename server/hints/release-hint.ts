import { type InlayHint, InlayHintKind } from 'vscode-languageserver';
import { findEntry } from '#core/prompt/node.ts';
import type { Released } from '#io/registries/snapshot.ts';
import type { Analysis } from '../analysis.ts';
import { toMarkup } from '../to-lsp.ts';
import { createReleaseNote, type ReleaseNote } from './release-note.ts';

/** Shows how the file differs from its released version, after `version:`, `name:` or the first key. */
export class ReleaseHints {
  /** One note per text and release. */
  readonly #notes = new WeakMap<
    Analysis,
    { readonly released: Released; readonly note: ReleaseNote }
  >();

  hint(analysis: Analysis, released: Released): InlayHint[] {
    const { prompt, lines } = analysis;
    if (analysis.kind !== 'prompt' || prompt.broken || prompt.root?.type !== 'map') return [];
    const entry =
      findEntry(prompt.root, 'version') ?? findEntry(prompt.root, 'name') ?? prompt.root.entries[0];
    if (!entry) return [];
    const { line } = lines.position(entry.key.span.start);
    const { label, tooltip } = this.#note(analysis, released);
    return [
      {
        position: { line, character: lines.line(line).length },
        label,
        kind: InlayHintKind.Parameter,
        paddingLeft: true,
        tooltip: toMarkup(tooltip),
      },
    ];
  }

  #note(analysis: Analysis, released: Released): ReleaseNote {
    const known = this.#notes.get(analysis);
    if (known?.released === released) return known.note;
    const note = createReleaseNote(analysis, released);
    this.#notes.set(analysis, { released, note });
    return note;
  }
}
