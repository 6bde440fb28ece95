import type { TextSegment } from './form-segments.ts';

/**
 * Takes the spaces and line breaks of the second text as unchanged where words changed, too: in a paragraph
 * that was wrapped again the new words would be lost among line breaks. Where nothing else changed they stay.
 */
export function settleSpace(segments: readonly TextSegment[]): readonly TextSegment[] {
  if (segments.every(({ kind, text }) => kind === 'same' || isSpace(text))) return segments;
  const settled = new SettledList();
  const visible = segments
    .map(({ kind, text }) => ({ kind, text: text.replaceAll('\r', '') }))
    .filter(({ text }) => text !== '');
  for (let i = 0; i < visible.length; i++) {
    const { kind, text } = visible[i] as TextSegment;
    const next = visible[i + 1];
    if (kind === 'same') settled.add('same', text);
    else if (kind === 'removed' && next?.kind === 'added') {
      settled.addReplacement(text, next.text);
      i++;
    } else settled.addChange(kind, text);
  }
  return settled.list;
}

class SettledList {
  readonly list: { kind: TextSegment['kind']; text: string }[] = [];

  add(kind: TextSegment['kind'], text: string): void {
    const last = this.list.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else this.list.push({ kind, text });
  }

  /** Space alone is no change: the second text has it, or has not. */
  addChange(kind: 'removed' | 'added', text: string): void {
    if (!isSpace(text)) this.add(kind, text);
    else if (kind === 'added') this.add('same', text);
  }

  /** Where both sides start or end with space, that of the added text stays. */
  addReplacement(removed: string, added: string): void {
    // Another kind of space, such as one that does not break, is a change that is easily missed.
    if (/^\s+$/.test(removed + added) && !isSpace(removed + added)) {
      this.add('removed', removed);
      this.add('added', added);
      return;
    }
    const [old, now] = [splitSpace(removed), splitSpace(added)];
    const isLead = old.lead !== '' && now.lead !== '';
    const isTrail = old.trail !== '' && now.trail !== '';
    const keep = ({ lead, core, trail }: SpacedText) =>
      (isLead ? '' : lead) + core + (isTrail ? '' : trail);
    if (isLead) this.add('same', now.lead);
    this.addChange('removed', keep(old));
    this.addChange('added', keep(now));
    if (isTrail) this.add('same', now.trail);
  }
}

interface SpacedText {
  readonly lead: string;
  readonly core: string;
  readonly trail: string;
}

function splitSpace(text: string): SpacedText {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text[start] ?? '')) start++;
  while (end > start && isSpace(text[end - 1] ?? '')) end--;
  return { lead: text.slice(0, start), core: text.slice(start, end), trail: text.slice(end) };
}

function isSpace(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}
