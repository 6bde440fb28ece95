import { readCallForecast } from '#app/prompt/forecast-prompt.ts';
import { collectRows, type PromptInput, withText } from '#app/prompt/prompt-input.ts';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { assignCaseIds } from '#core/eval/ids.ts';
import type { ModelRequest } from '#core/eval/model.ts';
import { mergeSystemMessages } from '#core/eval/plan/merge-system-messages.ts';
import { nameCase } from '#core/eval/plan/name-case.ts';
import { createPlan, type Job, listJobs, type Plan } from '#core/eval/plan/plan.ts';
import { buildRequest } from '#core/eval/plan/request.ts';
import type { ModelTarget, RunPorts } from '#core/eval/ports.ts';
import { listJudges } from '#core/eval/run/judges.ts';
import { priceUsage } from '#core/models/cost.ts';
import { formatDollars } from '#core/models/figures.ts';
import type { Row } from '#core/prompt/document.ts';
import { createRow } from '#core/prompt/golden-case.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { buildFields, collectValues } from './fields.ts';
import type { PromptView } from './messages.ts';

type Messages = ModelRequest['messages'];

/** A revision of the prompt that the working copy is compared with. */
export interface Revision {
  readonly name: string;
  readonly text: string;
}

/** One answer to ask for. */
export interface ModelColumn {
  readonly title: string;
  readonly plan: Plan;
  readonly job: Job;
  readonly request: ModelRequest;
  /** Prompt tokens that are expected. */
  readonly predicted: number;
  /** Answer tokens that are expected. */
  readonly expectedOutput: number;
  readonly isExact: boolean;
}

/** What a column is made of; `expected` in answer tokens. */
interface ColumnSource {
  readonly title: string;
  readonly id: string;
  readonly input: PromptInput;
  readonly expected: number;
}

/** Columns side by side. */
export const MAX_COLUMNS = 5;

/** A prompt in the playground: what was chosen and typed. */
export class PromptState {
  input: PromptInput;
  /** Empty: the file's own. */
  models: readonly string[] = [];
  revision: Revision | null = null;
  /** Texts that were typed, by variable. */
  typed: ReadonlyMap<string, string> = new Map();
  /** A conversation that goes on after the prompt's own messages. */
  turns: Messages = [];
  /** Null = no golden case; undefined = the first. */
  #case: string | null | undefined;

  constructor(input: PromptInput) {
    this.input = input;
  }

  get caseId(): string | null {
    const [first = null, ...others] = this.cases;
    const chosen = this.#case;
    return chosen === null || (chosen && others.includes(chosen)) ? chosen : first;
  }

  get cases(): readonly string[] {
    return assignCaseIds(collectRows(this.input));
  }

  /** What the cases are called for display, in the same order. */
  get caseNames(): readonly string[] {
    const ids = this.cases;
    return collectRows(this.input).map((row, i) => nameCase({ id: ids[i] ?? '', row }));
  }

  /** The golden case that is shown; undefined where there is none. */
  get row(): Row | undefined {
    const id = this.caseId;
    return id === null ? undefined : collectRows(this.input)[this.cases.indexOf(id)];
  }

  /** The selected models, else the file's model. */
  get modelIds(): readonly string[] {
    const { model } = this.input.prompt;
    if (this.models.length > 0) return this.models;
    return model === null ? [] : [model];
  }

  /** The values of placeholders. */
  get values(): Map<string, string> {
    const { prompt } = this.input;
    return collectValues(buildFields(prompt, this.row, this.typed), this.row, this.typed, prompt);
  }

  /** Selects another golden case. Typed values are discarded. */
  choose(id: string | null): void {
    this.#case = id;
    this.typed = new Map();
    this.turns = [];
  }

  type(name: string, value: string): void {
    this.typed = new Map([...this.typed, [name, value]]);
  }

  /** Builds the columns of a run, or returns one sentence that says why it cannot run. */
  async buildColumns(
    knowledge: PromptKnowledge,
    target: (id: string) => ModelTarget,
  ): Promise<ModelColumn[] | { readonly error: string }> {
    const [first] = this.modelIds;
    if (first === undefined)
      return { error: 'The prompt has no model. Add `model:` or select a model.' };
    const { revision, input } = this;
    const made = revision
      ? [
          { title: 'working copy', id: first, input },
          { title: revision.name, id: first, input: withText(input, revision.text) },
        ]
      : this.modelIds.map((id) => ({ title: id, id, input }));
    const columns: ModelColumn[] = [];
    const forecast = await readCallForecast(input);
    for (const one of made.slice(0, MAX_COLUMNS)) {
      const expected = forecast.output(one.id).tokens;
      const column = await this.#column({ ...one, expected }, knowledge, target(one.id));
      if ('error' in column)
        return made.length > 1 ? { error: `${one.title}: ${column.error}` } : column;
      columns.push(column);
    }
    return columns;
  }

  /** What the page shows of it. */
  async buildView(
    title: string,
    knowledge: PromptKnowledge,
    uri: string,
    target: (id: string) => ModelTarget,
  ): Promise<PromptView> {
    const { prompt } = this.input;
    const fields = buildFields(prompt, this.row, this.typed);
    const columns = await this.buildColumns(knowledge, target);
    const isReady = !('error' in columns);
    return {
      uri,
      title,
      models: this.modelIds,
      revision: this.revision?.name ?? null,
      cases: this.cases,
      caseNames: this.caseNames,
      case: this.caseId,
      fields,
      typed: Object.fromEntries(this.typed),
      messages: isReady && columns[0] ? listSentMessages(columns[0].request) : [],
      turns: this.turns.length,
      problem: isReady ? null : columns.error,
      forecast: isReady ? await this.#forecast(columns, knowledge) : '',
    };
  }

  async #column(
    { title, id, input, expected }: ColumnSource,
    knowledge: PromptKnowledge,
    target: ModelTarget,
  ): Promise<ModelColumn | { readonly error: string }> {
    const { prompt, settings } = input;
    const row = createRow(this.values, this.row);
    const { judge } = settings.eval;
    const made = createPlan(prompt, {
      rows: [row],
      models: [target],
      ...(judge === undefined ? {} : { judge }),
    });
    const [job] = listJobs(made);
    if (!job) return { error: 'nothing to send' };
    const sent = buildRequest(made, job);
    if ('error' in sent) return { error: sent.error };
    const counter = await knowledge.counter(id, await knowledge.catalogue(settings.models));
    const counts = countPrompt({ ...prompt, rows: [row] }, counter);
    const turns = this.turns.reduce((sum, { content }) => sum + 4 + counter.count(content), 0);
    return {
      title,
      plan: made,
      job,
      request: { ...sent.request, messages: [...sent.request.messages, ...this.turns] },
      predicted: counts.call.median + turns,
      expectedOutput: expected,
      isExact: counts.exact,
    };
  }

  async #forecast(
    buildColumns: readonly ModelColumn[],
    knowledge: PromptKnowledge,
  ): Promise<string> {
    const tokens = buildColumns.reduce((sum, { predicted }) => sum + predicted, 0);
    const about = buildColumns.every(({ isExact }) => isExact) ? '' : '≈ ';
    const models = await knowledge.catalogue(this.input.settings.models);
    const cost = estimateCost(buildColumns, (id, usage) =>
      priceUsage(usage, models.find(id)?.prices ?? null),
    );
    return `${about}${tokens} tokens · ${cost === null ? 'cost unknown' : `≈ ${formatDollars(cost)}`}`;
  }
}

/** The messages as they are sent: VS Code models have no system role. */
function listSentMessages({ provider, messages }: ModelRequest): Messages {
  return provider === 'vscode' ? mergeSystemMessages(messages) : messages;
}

/** USD that these answers will probably cost; null where a price is unknown. */
export function estimateCost(
  buildColumns: readonly ModelColumn[],
  costOf: RunPorts['costOf'],
): number | null {
  let sum = 0;
  for (const { plan: made, predicted, expectedOutput } of buildColumns) {
    const usage = { input: predicted, output: expectedOutput };
    const cost = costOf(made.models[0]?.id ?? '', usage);
    if (cost === null) return null;
    sum += cost;
  }
  return sum;
}

/** The models that the answers, and their judges if wanted, need. */
export function listModelIds(buildColumns: readonly ModelColumn[], withJudges = false): string[] {
  const ids = buildColumns.flatMap(({ plan: made }) => [
    ...made.models.map(({ id }) => id),
    ...(withJudges ? listJudges(made) : []),
  ]);
  return [...new Set(ids)];
}
