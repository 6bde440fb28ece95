import type { Rule } from '../../lint/engine/rule.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import type { Span } from '../../text.ts';
import { findFewShotMessages } from '../golden-set/few-shot.ts';
import { splitWords } from '../golden-set/shingles.ts';

export const duplicateInstruction: Rule = {
  id: 'duplicate-instruction',
  severity: 'info',
  mode: 'pedantic',
  group: 'contradictions',
  tags: ['cost'],
  fix: 'unsafe',
  summary: 'A sentence appears twice in the prompt',
  docs: {
    why: 'You pay for a repeated sentence twice. When only one of the two is changed later, the prompt contradicts itself.',
    bad: `messages:
  - role: system
    content: |
      Always answer in the language of the question.
      Be brief.
      Always answer in the language of the question.`,
    good: `messages:
  - role: system
    content: |
      Always answer in the language of the question.
      Be brief.`,
    unless: 'The sentence is repeated on purpose, for example at the end of a long text.',
  },
  *check({ prompt, readings }) {
    const examples = new Set(findFewShotMessages(prompt));
    const seen = new Map<string, () => Span>();
    for (const message of prompt.messages) {
      const { content } = message;
      if (!content || content.node.alias || examples.has(message)) continue;
      for (const { key, start, end, line } of readings.get(splitSentences, content.text)) {
        const first = seen.get(key);
        if (!first) {
          seen.set(key, () => content.span(start, end));
          continue;
        }
        const edit = line && editTemplate(content, [{ span: line, text: '' }], prompt.text);
        yield {
          message: 'This sentence repeats an earlier one. Keep only one of them.',
          span: content.span(start, end),
          related: [{ message: 'the earlier sentence', span: first() }],
          ...(edit ? { fixes: [{ title: 'Remove this line', safe: false, edits: [edit] }] } : {}),
        };
      }
    }
  },
};

interface Sentence extends Span {
  readonly key: string;
  /** The line with its line break, if it contains only the sentence. */
  readonly line: Span | null;
}

/** Fewer words are a label or a line of a form. */
const MIN_WORDS = 6;

/** Code, data, markup, tables, headings and check boxes; text with a placeholder may differ each time. */
const NO_PROSE = /^\s*(?:[<{[|#/"']|[-*] \[[ x]\])|[;{}>]\s*$|="|"""|\{\{/;

/** Announcements, questions and sentences about `this` may legitimately be repeated for each part. */
const NO_ORDER = /[:?][*_]*$|\bthis\b/i;

/** Words of sentences that tell the model what to do. In other languages, every sentence counts. */
const TELLS =
  /\b(?:you|your|must|always|never|do not|don't|should|shall|only|ensure|make sure|avoid|answer|respond|reply|write|return|output|use|keep|give|include|follow|treat)\b/i;
const NON_ASCII_LETTER = /(?!\p{ASCII})\p{L}/u;

/** From the first letter to a period before white space; `e.g.` and `file.txt` do not end it. */
const SENTENCE =
  /[^\s.!?。！？](?:[^.!?。！？]|[.!?](?=\S)|(?<=\b(?:e\.g|i\.e|etc|vs))\.)*[.!?。！？]*/g;

/** ASCII's separators of files, groups, records and units: the texts between them are independent. */
function isSeparator(code: number): boolean {
  return code >= 0x1c && code <= 0x1f;
}

function isOrder(sentence: string): boolean {
  return !NO_ORDER.test(sentence) && (TELLS.test(sentence) || NON_ASCII_LETTER.test(sentence));
}

/** Splits prose outside fences into sentences. */
function splitSentences(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let isCode = false;
  let at = 0;
  let part = 0;
  for (const line of text.split('\n')) {
    if (isSeparator(line.charCodeAt(0))) part++;
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode && !NO_PROSE.test(line)) {
      const sentences = [...line.matchAll(SENTENCE)];
      for (const { 0: sentence, index } of sentences) {
        const words = splitWords(sentence);
        if (words.length < MIN_WORDS || !isOrder(sentence.trimEnd())) continue;
        const start = at + index;
        const end = start + sentence.trimEnd().length;
        const isAll = sentences.length === 1 && line.trim() === sentence.trim();
        const span = isAll ? { start: at, end: Math.min(text.length, at + line.length + 1) } : null;
        found.push({ key: `${part} ${words.join(' ')}`, start, end, line: span });
      }
    }
    at += line.length + 1;
  }
  return found;
}
