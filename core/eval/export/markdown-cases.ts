import {
  escapeForMarkdown,
  formatMarkdownBlock,
  formatMarkdownCode,
  markdown,
} from '../../printing/markdown.ts';
import { joinParagraphs, joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { formatPlace } from '../report/case-facts.ts';
import type { MissingGroup } from '../report/group-missing.ts';
import { type CaseFailure, formatReason } from '../report/list-failures.ts';
import type { RunReport } from '../report/run-report.ts';

/** UTF-16 units of an input or an answer; reports in other formats have them whole. */
const MAX_TEXT = 700;
/** Longer values and values of several lines are blocks. */
const MAX_INLINE = 90;

/** A failed case: its reasons, then input, expected and got. */
export function renderMarkdownFailure(
  failure: CaseFailure,
  report: RunReport,
): SafeText<'markdown'> {
  const { name, reasons, input, wanted, got, finishReason, isNew, repeats, passed, tags } = failure;
  const about = [
    formatMarkdownCode(formatPlace(failure), 200),
    ...(report.models.length > 1 ? [escapeForMarkdown(failure.model)] : []),
    ...(isNew ? [markdown`passed in the baseline`] : []),
    ...(report.summary.run.repeat > 1 ? [markdown`${passed} of ${repeats} repeats passed`] : []),
    ...(finishReason === null ? [] : [markdown`finish reason: ${escapeForMarkdown(finishReason)}`]),
    ...(tags.length === 0 ? [] : [escapeForMarkdown(tags.join(', '))]),
  ];
  const lines = reasons.map(
    (reason) => markdown`- ${escapeForMarkdown(cut(formatReason(reason), 400))}`,
  );
  const values: Value[] = [
    ...input.map(([key, text]) => ({ label: markdown`Input ${formatMarkdownCode(key)}`, text })),
    ...(wanted === null ? [] : [{ label: markdown`Expected`, text: wanted }]),
    ...(got === null ? [] : [{ label: markdown`Got`, text: got }]),
    ...reasons.flatMap(({ evaluator, actual }) =>
      actual === null
        ? []
        : [{ label: markdown`${escapeForMarkdown(evaluator ?? '')} compared`, text: actual }],
    ),
  ];
  return joinParagraphs(
    markdown`##### ❌ ${escapeForMarkdown(name)}`,
    joinSafe(about, ' · '),
    joinSafe(lines, '\n'),
    renderValues(values),
    got === null && markdown`No answer is stored.`,
  );
}

/** Missing answers of one reason, on one line. */
export function renderMarkdownMissing(
  { text, count, cases, remedy, model }: MissingGroup,
  { models }: RunReport,
): SafeText<'markdown'> {
  const times = count > 1 ? markdown` × ${count}` : markdown``;
  const which = models.length > 1 ? markdown`${escapeForMarkdown(model)}: ` : markdown``;
  const names = cases.slice(0, 3).map(({ name }) => name);
  const more = cases.length > 3 ? ` and ${cases.length - 3} more` : '';
  const advice = remedy === null ? markdown`` : markdown` ${escapeForMarkdown(remedy)}`;
  return markdown`${which}${escapeForMarkdown(cut(text, 400))}${times} (${escapeForMarkdown(names.join(', ') + more)})${advice}`;
}

interface Value {
  readonly label: SafeText<'markdown'>;
  readonly text: string;
}

/** Short values are lines of one paragraph, long ones blocks below their names. */
function renderValues(values: readonly Value[]): SafeText<'markdown'> {
  const parts: SafeText<'markdown'>[] = [];
  let lines: SafeText<'markdown'>[] = [];
  const endLines = (): void => {
    if (lines.length > 0) parts.push(joinSafe(lines, '  \n'));
    lines = [];
  };
  for (const { label, text } of values) {
    if (text.length <= MAX_INLINE && !/[\r\n]/.test(text.trim())) {
      lines.push(markdown`**${label}:** ${formatMarkdownCode(text, MAX_INLINE)}`);
      continue;
    }
    endLines();
    parts.push(markdown`**${label}:**\n\n${formatMarkdownBlock(text, MAX_TEXT)}`);
  }
  endLines();
  return joinParagraphs(...parts);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
