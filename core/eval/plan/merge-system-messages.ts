import type { ModelRequest } from '../model.ts';

type Messages = ModelRequest['messages'];

/**
 * The messages for an interface without a system role: the system text stands first in the first user
 * message, which is made where there is none, and an empty line sets it apart.
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
