import type { PromptDiff } from '#app/prompt/prompt-diff.ts';
import { describeVerdict } from '#core/eval/compare/describe-verdict.ts';
import { escapeForMarkdown, formatMarkdownCode, markdown } from '#core/printing/markdown.ts';
import { formatMarkdownEdit } from '#core/printing/markdown-edits.ts';
import { renderMarkdownTable } from '#core/printing/markdown-table.ts';
import { joinParagraphs, joinSafe, type SafeText } from '#core/printing/safe-text.ts';
import type { Change, Wording } from '#core/registry/change.ts';
import { diffWords } from '#core/registry/diff-words.ts';
import { type ChangeGroup, groupChanges } from '#core/registry/group-changes.ts';
import { layOutWords, type WordLine } from '#core/registry/lay-out-words.ts';
import { listDiffFigures } from './diff-figures.ts';

type Markdown = SafeText<'markdown'>;

/** The longest title of a side, in UTF-16 units. */
const MAX_TITLE = 200;

/** A prompt that only one of two revisions has. */
export interface LonePrompt {
  readonly path: string;
  readonly what: 'added' | 'removed';
}

/** A comment on GitHub has at most 65,536 characters; others may add their own text to it. */
const MAX_LENGTH = 60_000;

/**
 * Renders diffs as Markdown for a pull request; `nothing` is printed when there are none. Where the text would
 * be too long for a comment, words are left out, and then whole prompts.
 */
export function renderDiffsMarkdown(
  diffs: readonly PromptDiff[],
  alone: readonly LonePrompt[],
  nothing: string,
): Markdown {
  if (diffs.length + alone.length === 0) return markdown`${escapeForMarkdown(nothing)}\n`;
  const lone = alone.map(
    ({ path, what }) =>
      markdown`- ${formatMarkdownCode(path, MAX_TITLE)} was ${escapeForMarkdown(what)}`,
  );
  const parts = fitParts([
    ...lone.map((line) => [line]),
    ...diffs.map((one) => [renderDiff(one, true), renderDiff(one, false)]),
  ]);
  const omitted = lone.length + diffs.length - parts.length;
  const more = omitted === 1 ? markdown`1 more prompt` : markdown`${omitted} more prompts`;
  const note = markdown`${more} left out: the text would be too long for a comment.`;
  return markdown`${joinParagraphs(...parts, omitted > 0 && note)}\n`;
}

/** Chooses the first form of each part, or the last, shorter one, so that as many parts as possible fit. */
function fitParts(parts: readonly (readonly Markdown[])[]): Markdown[] {
  const size = (text: Markdown | undefined) => (text?.length ?? 0) + 2;
  let room = MAX_LENGTH;
  const shown = parts.filter((forms) => {
    room -= size(forms.at(-1));
    return room >= 0;
  });
  room = shown.reduce((rest, forms) => rest - size(forms.at(-1)), MAX_LENGTH);
  return shown.flatMap((forms) => {
    const extra = size(forms[0]) - size(forms.at(-1));
    const fits = extra <= room;
    if (fits) room -= extra;
    return (fits ? forms[0] : forms.at(-1)) ?? [];
  });
}

/** Removed text is struck through, added text is bold. */
function renderDiff(diff: PromptDiff, hasWords: boolean): Markdown {
  const { from, to, bump, changes } = diff;
  const [left, right] = [formatMarkdownCode(from, MAX_TITLE), formatMarkdownCode(to, MAX_TITLE)];
  const title =
    bump === 'none'
      ? markdown`### ${left} → ${right}: no relevant changes`
      : markdown`### ${left} → ${right}: ${escapeForMarkdown(bump)}`;
  const quality = diff.eval ? describeVerdict(diff.eval) : 'no comparable runs';
  return joinParagraphs(
    title,
    renderChanges(hasWords ? changes : changes.map(dropWording)),
    !hasWords && markdown`The words are left out: the text would be too long for a comment.`,
    renderFigures(diff),
    markdown`Eval: ${escapeForMarkdown(quality)}`,
  );
}

function dropWording({ wording: _, ...change }: Change): Change {
  return change;
}

/** A list of the changes; words stand between blank lines. */
function renderChanges(changes: readonly Change[]): Markdown {
  return groupChanges(changes).reduce((text, group, i, groups) => {
    if (i === 0) return renderGroup(group);
    const isApart = group.wording !== null || groups[i - 1]?.wording !== null;
    return joinSafe([text, renderGroup(group)], isApart ? '\n\n' : '\n');
  }, markdown``);
}

/** List items, and below those of a text a quotation of its words. */
function renderGroup({ changes, wording }: ChangeGroup): Markdown {
  const items = changes.map(({ bump, text }) => {
    const word = escapeForMarkdown(bump);
    const label = bump === 'major' ? markdown`**${word}**` : word;
    return markdown`- ${label}: ${escapeForMarkdown(text)}`;
  });
  const list = joinSafe(items, '\n');
  return wording ? markdown`${list}\n\n${renderWords(wording)}` : list;
}

function renderWords({ before, after }: Wording): Markdown {
  const lines = layOutWords(diffWords(before, after)).map(renderLine);
  return joinSafe(
    lines.map((line) => markdown`  > ${line}`),
    '<br>\n',
  );
}

function renderLine(line: WordLine): Markdown {
  return joinSafe(
    line.map(({ kind, text }, i) => {
      const run = formatMarkdownEdit(kind === 'omitted' ? 'same' : kind, text, i === 0);
      // A struck word and a bold one are hard to read as one.
      return kind === 'added' && line[i - 1]?.kind === 'removed' ? markdown` ${run}` : run;
    }),
  );
}

function renderFigures(diff: PromptDiff): Markdown {
  const rows = listDiffFigures(diff).map(({ name, from, to, change }) =>
    [name, from, to, change].map(escapeForMarkdown),
  );
  return renderMarkdownTable(
    [
      { heading: markdown`` },
      { heading: markdown`before`, isNumber: true },
      { heading: markdown`after`, isNumber: true },
      { heading: markdown`change`, isNumber: true },
    ],
    rows,
  );
}
