import { computeHashes } from '#core/eval/hashes.ts';
import { formatDollars } from '#core/models/figures.ts';
import { escapeForHover, hover } from '#core/printing/hover.ts';
import { joinParagraphs, joinSafe, type SafeText } from '#core/printing/safe-text.ts';
import { openBundle } from '#core/registry/bundle.ts';
import type { Change } from '#core/registry/change.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { describeDrift, findDrift } from '#core/registry/drift.ts';
import { summarizeChanges } from '#core/registry/summarize-changes.ts';
import type { Released } from '#io/registries/snapshot.ts';
import { Analysis } from '../analysis.ts';
import { createTokenReport } from '../language/report.ts';

/** How a document compares with its released version. */
export interface ReleaseNote {
  /** `production 1.4.0 · changed: 2 messages, +38 tokens, +$0.0004 per call · last eval 46/50` */
  readonly label: string;
  readonly tooltip: SafeText<'hover'>;
}

/** Compares a document with its released version. Tokens and cost are omitted while they are loading. */
export function createReleaseNote(analysis: Analysis, released: Released): ReleaseNote {
  const { label, record, eval: last } = released;
  const name = `${label ?? 'latest'} ${record.version}`;
  const evals = last ? [`last eval ${last.passed}/${last.checked}`] : [];
  const changes = findChanges(analysis, released);
  const published = escapeForHover(
    `Published by ${record.author} on ${record.at.slice(0, 10)}${record.change === '' ? '' : `: ${record.change}`}`,
  );
  if (changes.length === 0)
    return { label: [name, 'unchanged', ...evals].join(' · '), tooltip: published };
  const parts = [summarizeChanges(changes), ...formatFigureChanges(analysis, released)].join(', ');
  const list = changes.map(
    ({ bump, text }) => hover`- ${escapeForHover(bump)}: ${escapeForHover(text)}`,
  );
  return {
    label: [name, `changed: ${parts}`, ...evals].join(' · '),
    tooltip: joinParagraphs(published, joinSafe(list, '\n')),
  };
}

/** The changes since the release. The contents of test files are not compared. */
function findChanges({ prompt, file }: Analysis, { record, bundle }: Released): readonly Change[] {
  const judge = file.settings.eval.judge ?? null;
  const hasFiles = prompt.testFiles.length > 0;
  const parts = findDrift(record.hashes, computeHashes(prompt, prompt.rows, judge));
  if (parts.length === 0) return [];
  const opened = openBundle(bundle);
  const rows = hasFiles ? opened.document.rows : opened.rows;
  const changes = comparePrompts(
    { document: opened.document, rows },
    { document: prompt, rows: prompt.rows },
  );
  if (changes.length > 0 || hasFiles) return changes;
  // The only remaining difference can be the default judge in the settings.
  return [{ part: 'evaluators', bump: 'minor', text: describeDrift(parts) }];
}

function formatFigureChanges(analysis: Analysis, { bundle }: Released): string[] {
  const { uri, file, knowledge, facts } = analysis;
  const before = createTokenReport(
    new Analysis({ uri, version: -1, text: bundle.text }, file, knowledge, facts),
  );
  const after = createTokenReport(analysis);
  if (!before || !after) return [];
  const tokens = Math.round(after.tokens.call.median - before.tokens.call.median);
  const cost = before.cost && after.cost ? after.cost.call.median - before.cost.call.median : 0;
  const sign = (n: number) => (n > 0 ? '+' : '−');
  return [
    ...(tokens === 0 ? [] : [`${sign(tokens)}${Math.abs(tokens)} tokens`]),
    ...(Math.abs(cost) < 1e-7 ? [] : [`${sign(cost)}${formatDollars(Math.abs(cost))} per call`]),
  ];
}
