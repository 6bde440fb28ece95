import type { Message, PromptDocument } from '../prompt/document.ts';
import { type Change, excerpt, type Wording } from './change.ts';
import { compareInstructions } from './compare-instructions.ts';
import { diffLists } from './diff-lists.ts';
import { describeMessage, listWholeMessages } from './list-whole-messages.ts';
import { classifyTextChange } from './text-change.ts';

/** Message lists that differ by more edits are compared by position only. */
const MAX_EDITS = 200;

/**
 * Lists what differs between the messages of two prompts. `original` is the first prompt with the names that
 * its variables had.
 */
export function compareMessages(
  before: PromptDocument,
  after: PromptDocument,
  original = before,
): Change[] {
  const [left, right] = [before.messages, after.messages];
  const moved = findReordering(left, right);
  if (moved) return moved;
  const texts = original.messages.map(textOf);
  const edits = diffLists(left, right, MAX_EDITS, isSame) ?? [{ removed: left, added: right }];
  return edits.flatMap(({ removed, added }) => {
    if (removed.length === added.length)
      return removed.flatMap((m, i) => compareReplaced(m, added[i] as Message, texts));
    // What is left after pairing by role was added or removed.
    const pairs = pairByRole(removed, added);
    return [
      ...pairs.both.flatMap(([m, n]) => compareContents(m, n, texts)),
      ...listWholeMessages(pairs.removed, left, 'removed', texts),
      ...listWholeMessages(pairs.added, right, 'added', right.map(textOf)),
    ];
  });
}

/** The change when the same messages have another order; null otherwise. */
function findReordering(left: readonly Message[], right: readonly Message[]): Change[] | null {
  const keys = (list: readonly Message[]) => list.map((m) => JSON.stringify([m.role, textOf(m)]));
  const [was, is] = [keys(left), keys(right)];
  if (was.join() === is.join() || was.toSorted().join() !== is.toSorted().join()) return null;
  return [{ part: 'messages', bump: 'major', text: 'the messages were reordered' }];
}

/** Compares the contents of a message; `texts` are those of the original prompt. */
function compareContents(before: Message, after: Message, texts: readonly string[]): Change[] {
  const [was, is] = [textOf(before), textOf(after)];
  const change = classifyTextChange(was, is);
  const which = `the ${describeMessage(after)}`;
  const wording = { name: which, before: texts[before.index] ?? was, after: is };
  if (change === 'same') return [];
  if (change === 'whitespace') return [patch(`white space in ${which} changed`, wording)];
  if (change === 'typo') return [patch(`spelling or punctuation in ${which} changed`, wording)];
  if (after.role === 'system') {
    const { added, removed } = compareInstructions(was, is);
    const found = [
      ...added.map((text) =>
        major(`an instruction was added to ${which}: “${excerpt(text)}”`, wording),
      ),
      ...removed.map((text) =>
        major(`an instruction was removed from ${which}: “${excerpt(text)}”`, wording),
      ),
    ];
    if (found.length > 0) return found;
  }
  const text = `the wording of ${which} changed`;
  return [{ part: 'messages', bump: 'minor', text, wording }];
}

function compareReplaced(before: Message, after: Message, texts: readonly string[]): Change[] {
  if (before.role === after.role) return compareContents(before, after, texts);
  const text = `the role of message ${after.index + 1} changed: ${before.role ?? 'none'} → ${after.role ?? 'none'}`;
  return [major(text), ...compareContents(before, after, texts)];
}

/** Pairs from the end, where the request itself is. */
function pairByRole(removed: readonly Message[], added: readonly Message[]) {
  const [left, right] = [[...removed], [...added]];
  const both: (readonly [Message, Message])[] = [];
  while (left.length > 0 && right.length > 0 && left.at(-1)?.role === right.at(-1)?.role)
    both.unshift([left.pop() as Message, right.pop() as Message]);
  return { both, removed: left, added: right };
}

function isSame(a: Message, b: Message): boolean {
  return a.role === b.role && textOf(a) === textOf(b);
}

function textOf({ content }: Message): string {
  return content?.text ?? '';
}

function patch(text: string, wording: Wording): Change {
  return { part: 'messages', bump: 'patch', text, wording };
}

function major(text: string, wording?: Wording): Change {
  return { part: 'messages', bump: 'major', text, ...(wording ? { wording } : {}) };
}
