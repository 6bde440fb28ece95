import { detectLineBreak } from '#core/prompt/edit.ts';
import { locate } from '#core/prompt/locate.ts';
import type { Edit } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import { type Action, type ActionSource, findFindings } from './action.ts';

const COMMENT = /^\s*#\s*promptsmith-disable-next-line\s+(?=\S)(?!.*--).*$/;

/** Inserts a comment that disables the rule of a finding for its line. */
export const suppress: ActionSource = (analysis, selection) => {
  const seen = new Set<string>();
  return findFindings(analysis, selection).flatMap((finding): Action[] => {
    if (finding.rule.offersSuppression === false || seen.has(finding.id)) return [];
    seen.add(finding.id);
    const edit = createCommentEdit(analysis, finding.id, finding.span.start);
    const title = `Disable ${finding.id} for this line`;
    return [{ title, kind: 'quickfix', edits: [edit], finding }];
  });
};

function createCommentEdit(analysis: Analysis, id: string, offset: number): Edit {
  const { lines, text } = analysis;
  const line = lines.position(findCommentOffset(analysis, offset)).line;
  const start = lines.lineStart(line);
  const above = line > 0 ? lines.line(line - 1) : '';
  if (COMMENT.test(above)) {
    const end = lines.lineStart(line - 1) + above.trimEnd().length;
    return { span: { start: end, end }, text: `, ${id}` };
  }
  const indent = /^\s*/.exec(lines.line(line))?.[0] ?? '';
  const comment = `${indent}# promptsmith-disable-next-line ${id}${detectLineBreak(text)}`;
  return { span: { start, end: start }, text: comment };
}

/** The offset to comment on. A `#` inside a string is prompt text, so the comment goes before the key of the string. */
function findCommentOffset({ prompt }: Analysis, offset: number): number {
  const here = locate(prompt.root, offset);
  if (!here || here.inKey) return offset;
  const isText = here.node.type === 'scalar' && here.node.token.start < offset;
  return isText ? (here.entry?.key.span.start ?? here.node.token.start) : offset;
}
