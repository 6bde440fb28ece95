import type { RenderedPrompt } from '#core/protocol.ts';

/** What the preview is sent: a prompt as it will be sent, or why there is none. */
export type ToPreview =
  | {
      readonly kind: 'prompt';
      readonly uri: string;
      readonly title: string;
      readonly prompt: RenderedPrompt;
      /** `1,240 tokens · ≤ $0.0003/call`, of the median call; empty while it is being counted. */
      readonly medianCall: string;
    }
  | { readonly kind: 'nothing'; readonly reason: string };

/** What the preview sends. */
export type FromPreview =
  | { readonly kind: 'ready' }
  | { readonly kind: 'case'; readonly id: string }
  /** Show a message in the editor; `name`: the placeholder in it. */
  | { readonly kind: 'reveal'; readonly message: number; readonly name?: string };

/** What is kept of a preview while VS Code is closed. */
export interface PreviewState {
  readonly uri: string;
  readonly case: string | null;
}
