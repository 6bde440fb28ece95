import type { ModelId } from './model-id.ts';

/** What a provider's batch API takes off all of a call's prices: 0.5 = half price. */
export interface BatchDiscount {
  readonly off: number;
  readonly source: string;
  readonly checkedOn: string;
}

const DISCOUNTS: ReadonlyMap<string, BatchDiscount> = new Map(
  [
    ['openai', 'https://developers.openai.com/api/docs/guides/batch'],
    ['azure', 'https://learn.microsoft.com/azure/ai-foundry/openai/how-to/batch'],
    ['anthropic', 'https://platform.claude.com/docs/en/build-with-claude/batch-processing'],
    ['google', 'https://ai.google.dev/gemini-api/docs/batch-api'],
  ].map(([name = '', source = '']) => [name, { off: 0.5, source, checkedOn: '2026-11-21' }]),
);

/** The batch discount of the service that a model id names; null when none is documented. */
export function findBatchDiscount(id: ModelId): BatchDiscount | null {
  const isMakers = id.host === null || id.host === 'custom' || id.host === 'github-models';
  const service = isMakers ? id.publisher : id.host;
  return DISCOUNTS.get(service ?? '') ?? null;
}
