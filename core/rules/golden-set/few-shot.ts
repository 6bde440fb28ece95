import type { Message, PromptDocument } from '../../prompt/document.ts';

/** Finds few-shot messages: those without placeholders, up to the last answer of the assistant. */
export function findFewShotMessages({ messages }: PromptDocument): Message[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages
    .slice(0, last + 1)
    .filter(({ role, content }) => role !== 'system' && content?.placeholders.length === 0);
}
