import type { Fix, Rule } from '../../lint/engine/rule.ts';
import type { ScalarNode } from '../../prompt/node.ts';
import type { Span } from '../../text.ts';

export const foldedList: Rule = {
  id: 'folded-list',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['yaml'],
  fix: 'unsafe',
  summary: 'A list, table or heading in folded text is joined into one line',
  docs: {
    why: 'In a `>` block, and in text over several lines without a block, YAML replaces single line breaks by spaces. The model gets the items of a list in one line, `Rules: - Be brief. - Cite the page.`. A `|` block keeps the lines.',
    bad: `messages:
  - role: system
    content: >
      Rules:
      - Be brief.
      - Cite the page.`,
    good: `messages:
  - role: system
    content: |
      Rules:
      - Be brief.
      - Cite the page.`,
    unless: 'The lines are meant to be one sentence. Move the hyphens away from their starts.',
  },
  *check({ prompt: { text: fileText }, templates }) {
    for (const { template, place } of templates) {
      const { node } = template;
      if (node.style === 'literal' || node.alias) continue;
      if (place !== 'message' && place !== 'judge') continue;
      const joined = findJoined(listLines(node, fileText));
      const first = joined[0];
      if (first === undefined) continue;
      const more = joined.length > 1 ? ` (and ${joined.length - 1} more like it)` : '';
      const fix = keepLines(node, fileText);
      yield {
        message: `YAML replaces the line break before this line by a space${more}. Use a \`|\` block, which keeps the lines.`,
        span: { start: first.start, end: first.end },
        ...(fix ? { fixes: [fix] } : {}),
      };
    }
  },
};

/** A line of a scalar as the file has it, without its indentation. */
interface Line extends Span {
  readonly text: string;
  /** True if no line break beside it is replaced: the line is empty or indented further. */
  readonly isKept: boolean;
}

/** Lists the lines of a text that YAML folds. */
function listLines({ style, token }: ScalarNode, fileText: string): Line[] {
  const raw = fileText.slice(token.start, token.end);
  const isBlock = style === 'folded';
  const indent = isBlock ? (/\n( +)\S/.exec(raw)?.[1]?.length ?? 0) : 0;
  const lines: Line[] = [];
  let lineStart = token.start;
  for (const line of raw.split('\n')) {
    const text = line.trim();
    const start = lineStart + line.indexOf(text);
    const isKept = text === '' || (isBlock && start - lineStart > indent);
    // The first line of a block is its header.
    if (!isBlock || lineStart > token.start)
      lines.push({ text, start, end: start + text.length, isKept });
    // In double quotes, the author may have written the line break.
    if (style === 'double' && /\\n?$/.test(text))
      lines.push({ text: '', start, end: start, isKept: true });
    lineStart += line.length + 1;
  }
  return lines;
}

/** Finds the lines that lose their line break although they are part of a list, a table or a fence. */
function findJoined(lines: readonly Line[]): Span[] {
  const found: Span[] = [];
  let paragraph: Line[] = [];
  const close = (): void => {
    const [first, second] = paragraph;
    const marked = paragraph.filter(({ text }) => MARK.test(text));
    // A single hyphen or number at the start of a line may be a wrapped sentence.
    if (marked.length > 1) found.push(...marked.filter((line) => line !== first));
    else if (first && second && HEADING.test(first.text)) found.push(second);
    paragraph = [];
  };
  for (const line of lines) {
    if (line.isKept) close();
    else paragraph.push(line);
  }
  close();
  return found;
}

const MARK = /^(?:[-*+•–] |\d{1,3}[.)] |#{1,6} |\||```|~~~)/;
const HEADING = /^#{1,6} /;

/** Makes a folded block a literal one; its indicators stay. */
function keepLines({ style, token }: ScalarNode, fileText: string): Fix | null {
  if (style !== 'folded' || fileText[token.start] !== '>') return null;
  const span = { start: token.start, end: token.start + 1 };
  return {
    title: 'Keep the lines with a `|` block',
    safe: false,
    edits: [{ span, text: '|' }],
  };
}
