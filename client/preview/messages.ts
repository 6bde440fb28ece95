import type { RenderedPrompt } from '#core/protocol.ts';

/** What the extension sends to the preview: a rendered prompt, or why there is none. */
export type ToPreview =
  | {
      readonly kind: 'prompt';
      readonly uri: string;
      readonly title: string;
      readonly prompt: RenderedPrompt;
      /** `1,240 tokens · ≈ $0.0003/call`, of the median call; empty while it is being counted. */
      readonly medianCall: string;
    }
  | { readonly kind: 'nothing'; readonly reason: string };

/** What the preview sends. */
export type FromPreview =
  | { readonly kind: 'ready' }
  | { readonly kind: 'case'; readonly id: string }
  /** Show a message in the editor; `name`: the placeholder in it. */
  | { readonly kind: 'reveal'; readonly message: number; readonly name?: string };

/** The state that reopens a preview. */
export interface PreviewState {
  readonly uri: string;
  readonly case: string | null;
}
