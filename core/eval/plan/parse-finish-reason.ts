import type { FinishReason } from '../model.ts';

/** The providers' names, in lower case. */
const NAMES: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  complete: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  'content-filter': 'content-filter',
  content_filter: 'content-filter',
  safety: 'content-filter',
  recitation: 'content-filter',
  blocklist: 'content-filter',
  prohibited_content: 'content-filter',
  refusal: 'content-filter',
  tool: 'tool',
  tool_calls: 'tool',
  tool_use: 'tool',
  function_call: 'tool',
  pause_turn: 'other',
  other: 'other',
};

/** Converts a provider's finish reason; null if it is unknown. */
export function parseFinishReason(word: string): FinishReason | null {
  const name = word.trim().toLowerCase();
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
}
