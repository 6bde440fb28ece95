import { type PromptInput, withModel } from '#app/prompt/prompt-input.ts';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { formatPercent } from '#core/format-percent.ts';
import { describeExpectedOutput } from '#core/models/expected-output.ts';
import { formatCount, formatTokenSize } from '#core/models/figures.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import { UsageError } from './command.ts';
import { type Measured, measureOne } from './measure.ts';
import { dollarsOrUnknown } from './reporters/figures.ts';
import { formatTable, type Terminal } from './terminal.ts';

/** One prompt on several models, its own first. */
export interface ComparedPrompt {
  readonly path: string;
  readonly models: readonly ComparedModel[];
}

interface ComparedModel extends Measured {
  readonly isOwn: boolean;
  /** Ids that an unknown one may mean. */
  readonly suggestions: readonly string[];
}

/** Reads `a,b,c`. Throws UsageError for a list without ids. */
export function splitIds(list: string): readonly string[] {
  const ids = list.split(',').map((id) => id.trim());
  const named = ids.filter((id) => id !== '');
  if (list !== '' && named.length === 0)
    throw new UsageError('--candidates requires model ids: --candidates=<id>,<id>.');
  return [...new Set(named)];
}

/** Counts and prices each prompt on its own model, then on `ids`, or else on the candidates of its file. */
export async function compareModels(
  inputs: readonly PromptInput[],
  ids: readonly string[],
  knowledge: PromptKnowledge,
  terminal: Terminal,
): Promise<ComparedPrompt[]> {
  const compared: ComparedPrompt[] = [];
  for (const input of inputs) {
    const { prompt, path } = input;
    if (prompt.kind !== 'prompt') continue;
    terminal.status(`counting ${path}`);
    const others = ids.length > 0 ? ids : prompt.candidates.map(({ id }) => id);
    const wanted = [...new Set([...(prompt.model === null ? [] : [prompt.model]), ...others])];
    const catalogue = await knowledge.catalogue(input.settings.models);
    const models: ComparedModel[] = [];
    for (const id of wanted) {
      const one = await measureOne(withModel(input, id), knowledge);
      const suggestions = one.model ? [] : catalogue.suggest(id);
      models.push({ ...one, isOwn: id === prompt.model, suggestions });
    }
    compared.push({ path, models });
  }
  terminal.status('');
  return compared;
}

export function formatCandidatesJson(compared: readonly ComparedPrompt[]): unknown {
  return {
    v: 1,
    files: compared.map(({ path, models }) => ({
      path,
      models: models.map(({ isOwn, report }) => ({
        model: report.model,
        isOwn,
        exact: report.exact,
        tokens: report.tokens.call,
        context: report.context,
        cost: report.cost,
      })),
    })),
  };
}

export function printCandidates(compared: readonly ComparedPrompt[], terminal: Terminal): void {
  for (const [i, one] of compared.entries()) {
    if (i > 0) terminal.print();
    printPrompt(one, terminal);
  }
}

const HEAD = ['model', '≈ input tokens', '≈ per call', '≈ per month', 'context window'];

function printPrompt({ path, models }: ComparedPrompt, terminal: Terminal): void {
  terminal.print(terminal.style(path, 'bold'));
  const note = (line: string) => terminal.print(terminal.style(`  ${line}`, 'dim'));
  if (models.length < 2)
    note('no candidates: add `candidates` to the file, or pass --candidates=<id>,<id>');
  if (models.length === 0) return;
  const rows = models.map(({ report, isOwn, traffic }) => [
    `  ${report.model}${isOwn ? ' (its own)' : ''}`,
    formatCount(report.tokens.call.median),
    dollarsOrUnknown(report.cost?.call.median),
    traffic ? dollarsOrUnknown(report.cost?.perMonth) : '–',
    describeFit(report),
  ]);
  const [head = '', ...lines] = formatTable(
    [[`  ${HEAD[0]}`, ...HEAD.slice(1)], ...rows],
    [1, 2, 3],
  );
  terminal.print(terminal.style(head, 'dim'));
  for (const line of lines) terminal.print(line);
  for (const line of listNotes(models)) note(line);
}

/** Whether the longest call fits, with as much output as the prompt allows. */
function describeFit({ context }: TokenReport): string {
  if (!context) return 'unknown';
  const share = `${formatPercent(context.share)} of ${formatTokenSize(context.window)}`;
  return context.share > 1 ? `does not fit: ${share}` : share;
}

function* listNotes(models: readonly ComparedModel[]): Generator<string> {
  const outputs = new Set(
    models.flatMap(({ report }) =>
      report.cost ? [describeExpectedOutput(report.cost.output)] : [],
    ),
  );
  if (outputs.size > 0) yield `per call: ${[...outputs].join('; or ')}`;
  const own = models.find(({ isOwn }) => isOwn);
  const reasoning = models.filter(({ isOwn, model }) => !isOwn && model?.reasoning);
  if (reasoning.length > 0 && !own?.model?.reasoning)
    yield `${listIds(reasoning)} may reason, and reasoning is billed as output: evaluate on it before you decide`;
  for (const { report, suggestions } of models.filter(({ model }) => model === null))
    yield `${report.model} is not a known model${suggestions.length > 0 ? `: did you mean ${suggestions.join(' or ')}?` : ''}`;
  const estimated = models.filter(({ report, model }) => model && !report.exact);
  if (estimated.length > 0) yield `tokens of ${listIds(estimated)} are estimates`;
}

function listIds(models: readonly ComparedModel[]): string {
  return models.map(({ report }) => report.model).join(', ');
}
