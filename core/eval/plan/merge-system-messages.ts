import type { ModelRequest } from '../model.ts';

type Messages = ModelRequest['messages'];

/**
 * Converts messages for an API without a system role: the system text becomes the start of the first user
 * message, followed by an empty line. If there is no first user message, one is created.
 */
export function mergeSystemMessages(messages: Messages): Messages {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  if (system.length === 0) return others;
  const [first, ...rest] = others;
  const own = first?.role === 'user' ? [first.content] : [];
  const content = [...system, ...own].join('\n\n');
  return [{ role: 'user', content }, ...(own.length > 0 ? rest : others)];
}
