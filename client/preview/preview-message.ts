import type { PromptSummary, RenderedPrompt } from '#core/protocol.ts';
import { formatCallCost, formatTokens } from '../summary-text.ts';
import type { ToPreview } from './messages.ts';

/** A document whose preview is requested. */
export interface PreviewTarget {
  readonly uri: string;
  readonly title: string;
  /** The selected golden case; undefined: the first. */
  readonly case: string | undefined;
}

/** What the preview asks the language server; null: no answer. */
export interface PreviewSource {
  render(id: string | undefined): Promise<RenderedPrompt | null>;
  summarize(): Promise<PromptSummary | null>;
  isRunning(): boolean;
}

/**
 * What the preview shows of a document. A case that was renamed or removed is replaced by the first one.
 * Undefined while the server is not running: what is shown stays.
 */
export async function createPreviewMessage(
  { uri, title, case: id }: PreviewTarget,
  source: PreviewSource,
): Promise<ToPreview | undefined> {
  const prompt =
    (await source.render(id)) ?? (id === undefined ? null : await source.render(undefined));
  if (!prompt) return source.isRunning() ? notAPrompt(title) : undefined;
  const report = (await source.summarize())?.report;
  const figures = report ? [formatTokens(report), formatCallCost(report)].filter(Boolean) : [];
  return { kind: 'prompt', uri, title, prompt, medianCall: figures.join(' · ') };
}

/** What the preview shows of a document that is not a prompt. */
export function notAPrompt(title: string): ToPreview {
  return { kind: 'nothing', reason: `${title} is not a prompt file.` };
}
