import { type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import type { Summary } from '#core/eval/report/summary.ts';
import { formatPercent } from '#core/format-percent.ts';
import {
  formatCount,
  formatDollars,
  formatRange,
  formatSpread,
  formatTokenSize,
} from '#core/models/figures.ts';
import { formatApproximation, renderTokenReport } from '#core/models/render-token-report.ts';
import { escapeForHover, hover } from '#core/printing/hover.ts';
import { joinParagraphs } from '#core/printing/safe-text.ts';
import { findEntry } from '#core/prompt/node.ts';
import type { Span } from '#core/text.ts';
import type { Analysis } from '../analysis.ts';
import type { EditorSettings } from '../editor-settings.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { findLineEnd, type Hint } from '../hints/hint.ts';
import { createQualityHint } from '../hints/quality-hint.ts';
import { ReleaseHints } from '../hints/release-hint.ts';
import { countMessages, createTokenReport } from '../language/report.ts';
import { toMarkup } from '../to-lsp.ts';

type HintSettings = EditorSettings['hints'];

/** Tokens of each message and test row; tokens, cost and context use of a call; the last eval; the released version. */
export const inlayHint: Feature = {
  name: 'inlay hints',
  capabilities: () => ({ inlayHintProvider: true }),
  register(context) {
    const releases = new ReleaseHints();
    context.connection.languages.inlayHint.on(
      createDocumentHandler(
        context,
        'inlay hints',
        [] as InlayHint[],
        (analysis, { range: shown }) => {
          const start = analysis.lines.offset(shown.start);
          const end = analysis.lines.offset(shown.end);
          const { editor } = context.settings;
          const place = context.settings.peek(analysis.uri);
          const runs = editor.hints.quality ? context.runs.find(analysis.prompt, place) : [];
          const found = buildInlayHints(analysis, editor.hints, { start, end }, runs);
          const released = editor.hints.quality ? context.released.get(analysis.uri) : null;
          const own = released ? releases.hint(analysis, released) : [];
          return [...found, ...own.filter(({ position }) => isInRange(position.line, shown))];
        },
      ),
    );
  },
};

function isInRange(line: number, { start, end }: InlayHintParams['range']): boolean {
  return start.line <= line && line <= end.line;
}

/** The hints in a range of the file. Token hints are omitted until the token table is loaded. */
export function buildInlayHints(
  analysis: Analysis,
  settings: HintSettings,
  shown: Span,
  runs: readonly Summary[] = [],
): InlayHint[] {
  if (analysis.kind !== 'prompt') return [];
  const all = [
    ...createQualityHint(analysis, runs),
    ...createCallHint(analysis, settings),
    ...(settings.tokens ? createMessageHints(analysis) : []),
    ...(settings.testRows ? createRowHints(analysis) : []),
  ];
  return all
    .filter(({ at }) => shown.start <= at && at <= shown.end)
    .map(({ at, label, tooltip }) => ({
      position: analysis.lines.position(at),
      label,
      kind: InlayHintKind.Parameter,
      paddingLeft: true,
      tooltip: toMarkup(tooltip),
    }));
}

function createCallHint(analysis: Analysis, settings: HintSettings): Hint[] {
  const { prompt } = analysis;
  const report = createTokenReport(analysis);
  const entry = findEntry(prompt.root, 'model') ?? findEntry(prompt.root, 'messages');
  if (!report || !entry || prompt.messages.length === 0) return [];
  const { context, cost } = report;
  const about = formatApproximation(report);
  const parts = [
    settings.tokens && `${about}${formatRange(report.tokens.call)} tokens/call`,
    settings.cost && cost && `≈ ${formatDollars(cost.call.median)}/call`,
    settings.context &&
      context &&
      `${formatPercent(context.share)} of ${formatTokenSize(context.window)}`,
  ].filter(Boolean);
  if (parts.length === 0) return [];
  const at = findLineEnd(
    analysis,
    entry.key.source === 'model' ? entry.value.span.end : entry.key.span.end,
  );
  return [{ at, label: parts.join(' · '), tooltip: renderTokenReport(report) }];
}

function createMessageHints(analysis: Analysis): Hint[] {
  const about = formatApproximation(analysis.counts ?? { exact: true });
  return countMessages(analysis).flatMap((counts, i) => {
    const message = analysis.prompt.messages[i];
    if (!counts || !message) return [];
    const { total, static: fixed } = counts;
    const share = createTokenReport(analysis)?.context;
    const lines = [
      hover`**${escapeForHover(`${about}${formatSpread(total)}`)} tokens**${total.min === total.max ? hover`` : hover` (min / median / max over the test rows)`}`,
      hover`Static text: ${escapeForHover(`${about}${formatCount(fixed)}`)}`,
      share && escapeForHover(`${formatPercent(total.max / share.window)} of the context window`),
    ];
    const at = findLineEnd(analysis, message.roleNode?.span.end ?? message.span.start);
    return [
      { at, label: `${about}${formatRange(total)} tokens`, tooltip: joinParagraphs(...lines) },
    ];
  });
}

function createRowHints(analysis: Analysis): Hint[] {
  const { counts, prompt } = analysis;
  const about = formatApproximation(counts ?? { exact: true });
  return (counts?.cases ?? []).flatMap(({ row, tokens }) => {
    const span = prompt.rows[row]?.span;
    if (!span) return [];
    const label = `${about}${formatCount(tokens)} tokens`;
    return [
      {
        at: findLineEnd(analysis, span.start),
        label,
        tooltip: hover`Input tokens of a call with this row, including chat overhead.`,
      },
    ];
  });
}
