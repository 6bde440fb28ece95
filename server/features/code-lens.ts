import type { CodeLens } from 'vscode-languageserver';
import { hashPrompt } from '#core/eval/hashes.ts';
import { priceUsage } from '#core/models/cost.ts';
import { formatDollars } from '#core/models/figures.ts';
import { findEntry } from '#core/prompt/node.ts';
import type { EvaluationLensData } from '#core/protocol.ts';
import type { Span } from '#core/text.ts';
import type { Released } from '#io/registries/snapshot.ts';
import type { Analysis } from '../analysis.ts';
import type { Client } from '../client.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { createTokenReport } from '../language/report.ts';
import { toRange } from '../to-lsp.ts';

/** One row of lenses for the commands that the client declares. */
export const codeLens: Feature = {
  name: 'code lenses',
  capabilities: ({ commands }) => (hasLens(commands) ? { codeLensProvider: {} } : {}),
  register(context) {
    const { connection, client, settings } = context;
    if (!hasLens(client.commands)) return;
    connection.onCodeLens(
      createDocumentHandler(context, 'code lenses', [] as CodeLens[], (analysis) =>
        settings.editor.codeLens
          ? buildLenses(analysis, client, context.released.get(analysis.uri))
          : [],
      ),
    );
  },
};

const EVALUATE = 'promptsmith.evaluatePrompt';

/** Command → its title for a prompt; null if the command does not apply to it. */
const LENSES: Readonly<
  Record<string, (analysis: Analysis, comparedWith: string | null) => string | null>
> = {
  'promptsmith.runPrompt': (analysis) => {
    const cost = forecastFirstCall(analysis);
    return cost === null ? '▶ Run' : `▶ Run ≈ ${formatDollars(cost)}`;
  },
  'promptsmith.runPromptWithCase': ({ prompt }) =>
    prompt.rows.length > 0 ? '▶ Run with case…' : null,
  [EVALUATE]: (analysis, comparedWith) => {
    const { rows, testFiles, evaluators } = analysis.prompt;
    if (rows.length + testFiles.length === 0 || evaluators.length === 0) return null;
    const cost = testFiles.length === 0 ? createTokenReport(analysis)?.cost?.goldenSet : null;
    const cases =
      testFiles.length > 0 ? 'cases' : `${rows.length} ${rows.length === 1 ? 'case' : 'cases'}`;
    const versus = comparedWith === null ? '' : ` vs ${comparedWith}`;
    return `▶ Evaluate ${cases}${cost == null ? '' : ` ≈ ${formatDollars(cost)}`}${versus}`;
  },
  'promptsmith.compareModels': () => 'Compare models…',
};

/** USD of what a click runs: the first golden case, where there is one. Null if it is unknown. */
function forecastFirstCall(analysis: Analysis): number | null {
  const { counts, models, prompt } = analysis;
  const cost = createTokenReport(analysis)?.cost;
  const input = counts?.cases[0]?.tokens ?? counts?.call.median;
  if (!cost || input === undefined) return null;
  const prices = models?.find(prompt.model)?.prices ?? null;
  return priceUsage({ input, output: cost.output.tokens }, prices);
}

/** `released`: the version to compare the evaluation with. */
export function buildLenses(
  analysis: Analysis,
  { commands }: Pick<Client, 'commands'>,
  released: Released | null = null,
): CodeLens[] {
  const { prompt, lines, uri, kind } = analysis;
  const place =
    kind === 'prompt' && prompt.messages.length > 0 ? findLensPlace(analysis) : undefined;
  if (!place) return [];
  const range = toRange(lines, place);
  const comparedWith = released && isChanged(analysis, released) ? released.label : null;
  return Object.entries(LENSES).flatMap(([command, titleOf]): CodeLens[] => {
    const title = commands.has(command) ? titleOf(analysis, comparedWith) : null;
    if (title === null) return [];
    const lens: CodeLens = { range, command: { title, command, arguments: [uri] } };
    return [
      command === EVALUATE
        ? { ...lens, data: { comparedWith } satisfies EvaluationLensData }
        : lens,
    ];
  });
}

/** Whether the label points to a version with a different prompt. */
function isChanged({ prompt }: Analysis, { label, record }: Released): boolean {
  return label !== null && record.hashes.prompt !== hashPrompt(prompt);
}

/** Keys that have inlay hints at the end of their line. */
const HINTED = ['name', 'model', 'evaluators'];

/**
 * Above the messages, otherwise above `model:` or the first key. Not below a line that ends in a hint,
 * because VS Code draws the row over a wrapped hint, and not above the first line, where the row can be
 * scrolled out of view.
 */
function findLensPlace({ prompt: { root }, lines }: Analysis): Span | undefined {
  if (root?.type !== 'map') return undefined;
  const lineOf = ({ start }: Span) => lines.position(start).line;
  const hinted = new Set(
    HINTED.flatMap((name) => {
      const entry = findEntry(root, name);
      return entry ? [lineOf(entry.key.span)] : [];
    }),
  );
  const messages = findEntry(root, 'messages')?.key.span;
  const places = [messages, findEntry(root, 'model')?.key.span, root.entries[0]?.key.span];
  return (
    places.find((place) => place && lineOf(place) > 0 && !hinted.has(lineOf(place) - 1)) ?? messages
  );
}

function hasLens(commands: ReadonlySet<string>): boolean {
  return Object.keys(LENSES).some((command) => commands.has(command));
}
