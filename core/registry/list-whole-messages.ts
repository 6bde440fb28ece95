import type { Message } from '../prompt/document.ts';
import { type Change, excerpt, type Wording } from './change.ts';

/**
 * The changes of messages that were added or removed: examples by twos, others one by one. `all` are the messages
 * of their prompt, `texts` their contents.
 */
export function listWholeMessages(
  messages: readonly Message[],
  all: readonly Message[],
  what: 'added' | 'removed',
  texts: readonly string[],
): Change[] {
  const changes: Change[] = [];
  const describe = (name: string, text: string): Wording =>
    what === 'added' ? { name, before: '', after: text } : { name, before: text, after: '' };
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i] as Message;
    const answer = messages[i + 1];
    const content = texts[message.index] ?? '';
    if (isExample(message, answer, all)) {
      const text = `an example was ${what}: “${excerpt(content)}”`;
      const whole = `user: ${content}\nassistant: ${texts[message.index + 1] ?? ''}`;
      const wording = describe(`the example (${message.index + 1})`, whole);
      changes.push({ part: 'messages', bump: 'minor', text, wording });
      i++;
    } else {
      const which = `the ${describeMessage(message)}`;
      const wording = describe(which, content);
      changes.push({ part: 'messages', bump: 'major', text: `${which} was ${what}`, wording });
    }
  }
  return changes;
}

/** True for a user message with its answer, without placeholders, before the end of the prompt. */
function isExample(
  question: Message,
  answer: Message | undefined,
  all: readonly Message[],
): boolean {
  if (question.role !== 'user' || answer?.role !== 'assistant') return false;
  if (answer.index !== question.index + 1 || answer.index === all.length - 1) return false;
  return [question, answer].every((m) => m.content?.placeholders.length === 0);
}

/** A message by its role and place: `system message (1)`. */
export function describeMessage({ role, index }: Message): string {
  return role === null ? `message (${index + 1}) without a role` : `${role} message (${index + 1})`;
}
