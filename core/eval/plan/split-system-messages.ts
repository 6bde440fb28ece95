import { parseModelId } from '../../models/model-id.ts';
import type { RequestChange } from '../../models/request-change.ts';
import type { ModelRequest } from '../model.ts';

type Messages = ModelRequest['messages'];

/** A conversation as the Messages API takes it. */
export interface SplitMessages {
  /** The text before all turns; undefined = none. */
  readonly system: string | undefined;
  readonly messages: Messages;
  readonly changes: readonly RequestChange[];
}

/**
 * Claude's models that take a system message among the turns, after one of the user's and before an answer.
 * Source: https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages (checked on
 * 2026-12-01).
 */
const TAKES_LATER = /opus-4[.-]8|(?:opus|sonnet|haiku|fable|mythos)-5(?:[.@-]|$)/;

/**
 * Takes the system messages out of the turns, joined by an empty line. One after the first turn stays where it is if
 * the model takes it there. An answer that is begun for the model must not end in white space.
 */
export function splitSystemMessages(model: string, messages: Messages): SplitMessages {
  const first = messages.findIndex(({ role }) => role !== 'system');
  const start = first < 0 ? messages.length : first;
  const leading = messages.slice(0, start);
  const { turns, moved } = splitTurns(messages.slice(start), takesLater(model));
  const changes: RequestChange[] = [];
  if (moved.length > 0) {
    const reason = `${model} takes system text before the conversation only, and it is moved there`;
    changes.push({ key: 'role', effect: 'translated', reason });
  }
  const texts = [...leading, ...moved].map(({ content }) => content).filter((text) => text !== '');
  const system = texts.length === 0 ? undefined : texts.join('\n\n');
  if (turns.length === 0 && system !== undefined) {
    const reason =
      'the Messages API needs a message of the user, and the system text is sent as one';
    changes.push({ key: 'role', effect: 'translated', reason });
    return { system: undefined, messages: [{ role: 'user', content: system }], changes };
  }
  const trimmed = trimPrefill(turns);
  if (trimmed !== turns) {
    const reason = 'the Messages API takes no white space at the end of an answer that is begun';
    changes.push({ key: 'messages', effect: 'translated', reason });
  }
  return { system, messages: trimmed, changes };
}

function splitTurns(messages: Messages, keepsLater: boolean): { turns: Messages; moved: Messages } {
  const turns: Messages[number][] = [];
  const moved: Messages[number][] = [];
  for (const [i, message] of messages.entries()) {
    const fits =
      turns.at(-1)?.role === 'user' && (messages[i + 1]?.role ?? 'assistant') === 'assistant';
    const isMoved = message.role === 'system' && !(keepsLater && fits);
    (isMoved ? moved : turns).push(message);
  }
  return { turns, moved };
}

function takesLater(model: string): boolean {
  const { publisher, name } = parseModelId(model);
  return publisher === 'anthropic' && TAKES_LATER.test(name);
}

function trimPrefill(messages: Messages): Messages {
  const last = messages.at(-1);
  const content = last?.content.trimEnd();
  if (last?.role !== 'assistant' || content === undefined || content === last.content)
    return messages;
  return [...messages.slice(0, -1), { ...last, content }];
}
