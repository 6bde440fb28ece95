import type { Rule } from '../../lint/engine/rule.ts';
import type { Message } from '../../prompt/document.ts';
import { setScalar } from '../../prompt/edit.ts';

export const noUserMessage: Rule = {
  id: 'no-user-message',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  fix: 'unsafe',
  summary: 'No message has the role `user`',
  docs: {
    why: 'A model answers the last `user` message. It takes an `assistant` message for its own earlier answer, and may continue it or ignore what it asks for. Claude rejects a request without a user message. A prompt that consists of system messages is reported only if it has test rows: without them, a program may add the conversation.',
    bad: `messages:
  - role: system
    content: You name rivers.
  - role: assistant
    content: Name the longest river in {{country}}.`,
    good: `messages:
  - role: system
    content: You name rivers.
  - role: user
    content: Name the longest river in {{country}}.`,
  },
  *check({ prompt }) {
    const { messages, rows, testFiles } = prompt;
    const isComplete = ({ role, content }: Message): boolean => role !== null && content !== null;
    if (!messages.every(isComplete) || messages.some(({ role }) => role === 'user')) return;
    const answer = messages.findLast(({ role }) => role === 'assistant');
    const last = answer ?? messages.at(-1);
    const node = last?.roleNode;
    if (!node || (!answer && rows.length === 0 && testFiles.length === 0)) return;
    const fixes =
      node.type === 'scalar' && !node.alias
        ? [
            {
              title: 'Change the role to `user`',
              safe: false,
              edits: [setScalar(node, prompt.text, 'user')],
            },
          ]
        : [];
    yield {
      message: answer
        ? 'The model takes this message for its own earlier answer, and no message is from the user. Change the role to `user`.'
        : 'No message is from the user, so there is nothing to answer, and Claude rejects the request. Put the request in a `user` message.',
      span: node.span,
      severity: answer ? 'warning' : 'info',
      ...(fixes.length > 0 ? { fixes } : {}),
    };
  },
};
