import { SchemaCompiler } from '#core/eval/checks/json-schema.ts';
import type { Answer, ModelError } from '#core/eval/model.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';
import type { ModelTarget, RunPorts } from '#core/eval/ports.ts';
import { type AnswerStreamPart, streamAnswer } from '#core/eval/run/stream-answer.ts';
import { suggestRemedy } from '#core/eval/run/suggest-remedy.ts';
import { formatPercent } from '#core/format-percent.ts';
import { formatCount, formatDollars } from '#core/models/figures.ts';
import { describeChange } from '#core/models/select-parameters.ts';
import type { Json } from '#core/prompt/node.ts';
import { formatSeconds } from './answer-texts.ts';
import type { AnswerView, CheckView, Phase } from './messages.ts';
import type { ModelColumn } from './prompt-state.ts';

/** Minimum time between two updates of the page, in ms. */
const FLUSH_INTERVAL_MS = 50;

/** A prompt that the server counts this much shorter than predicted was probably truncated. */
const CUT_SHARE = 0.7;
const CUT_TOKENS = 500;

/** Receives an answer while it streams. */
export interface AnswerSink {
  text(text: string): void;
  /** Discards the text so far. */
  clear(): void;
  changed(): void;
}

/** One answer, from the request to its end. */
export class StreamedAnswer {
  readonly column: ModelColumn;
  answer: Answer | null = null;
  /** USD; null = unknown. */
  cost: number | null = null;
  checks: readonly CheckView[] = [];
  #phase: Phase = 'waiting';
  #notes: string[];
  #error: ModelError | null = null;
  #json: AnswerView['json'] = null;
  #chunks: string[] = [];
  #pending = '';
  #timer: NodeJS.Timeout | undefined;
  /** The model that was called last. */
  #target: ModelTarget | null = null;

  constructor(column: ModelColumn) {
    this.column = column;
    this.#notes = selectSent(column.request).changes.map(describeChange);
    if (column.request.provider === 'vscode') this.#notes.push(...listVscodeNotes(column));
  }

  get text(): string {
    return this.#chunks.join('');
  }

  get phase(): Phase {
    return this.#phase;
  }

  get view(): AnswerView {
    return {
      title: this.column.title,
      phase: this.#phase,
      notes: this.#notes,
      error: this.#error?.message ?? null,
      ...this.#remedy,
      figures: this.answer ? listFigures(this.answer, this) : [],
      json: this.#json,
      checks: this.checks,
    };
  }

  /** Requests the answer and reports it to the sink. Never rejects. */
  async run(
    targets: readonly [ModelTarget, ...ModelTarget[]],
    ports: RunPorts,
    signal: AbortSignal,
    sink: AnswerSink,
  ): Promise<void> {
    sink.changed();
    try {
      for await (const part of streamAnswer(this.column.request, targets, ports, signal))
        await this.#take(part, ports, sink);
    } catch (error) {
      if (!signal.aborted) this.#fail(toCallError(error as Error));
      else {
        this.#phase = 'stopped';
        this.#notes.push('stopped before the answer was complete; token usage is unknown');
      }
    } finally {
      this.#flush(sink);
      sink.changed();
    }
  }

  async #take(part: AnswerStreamPart, ports: RunPorts, sink: AnswerSink): Promise<void> {
    switch (part.kind) {
      case 'text':
        if (this.#phase === 'waiting') {
          this.#phase = 'streaming';
          sink.changed();
        }
        this.#chunks.push(part.text);
        this.#pending += part.text;
        this.#timer ??= setTimeout(() => this.#flush(sink), FLUSH_INTERVAL_MS);
        return;
      case 'again':
        this.#notes.push(`${part.error.message}; retrying in ${formatSeconds(part.inMs)}`);
        return this.#restart(sink);
      case 'elsewhere':
        this.#notes.push(`${part.error.message}; continuing with ${part.target.provider}`);
        return this.#restart(sink);
      case 'end': {
        this.answer = part.answer;
        this.cost = part.cost;
        this.#target = part.target;
        this.#replaceText(part.answer.text, sink);
        this.#noteLearned(part.answer);
        this.#notes.push(...listNotes(part.answer, this.column.predicted));
        this.#json = await checkJson(part.answer.text, this.column, ports);
        this.#phase = 'done';
        return;
      }
      case 'error':
        this.#target = part.target;
        this.#fail(part.error);
        return;
      default:
        part satisfies never;
    }
  }

  /** Notes what the server turned out not to take. */
  #noteLearned({ changes = [] }: Answer): void {
    for (const note of changes.map(describeChange))
      if (!this.#notes.includes(note)) this.#notes.push(note);
  }

  /** The streamed text is the answer, except for thoughts, and for refusals, which arrive separately. */
  #replaceText(text: string, sink: AnswerSink): void {
    if (text === this.text) return;
    this.#restart(sink);
    this.#chunks = [text];
    this.#pending = text;
  }

  #restart(sink: AnswerSink): void {
    this.#flush(sink);
    this.#chunks = [];
    this.#phase = 'waiting';
    sink.clear();
    sink.changed();
  }

  get #remedy(): Pick<AnswerView, 'remedy' | 'needsKey'> {
    const remedy = this.#error && suggestRemedy(this.#error);
    const needsKey = this.#error?.kind === 'auth' && this.#target?.provider !== 'vscode';
    return { ...(remedy ? { remedy } : {}), ...(needsKey ? { needsKey } : {}) };
  }

  #fail(error: ModelError): void {
    this.#phase = 'failed';
    this.#error = error;
    if (this.#chunks.length > 0) this.#notes.push('partial answer below');
  }

  #flush(sink: AnswerSink): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') sink.text(text);
  }

  /** The model that was called last; null before the first answer or error. */
  get target(): ModelTarget | null {
    return this.#target;
  }
}

function toCallError({ message }: Error): ModelError {
  return { kind: 'bad-answer', message: `the call failed: ${message}` };
}

function listFigures(answer: Answer, { column, cost }: StreamedAnswer): [string, string][] {
  const { usage, finishReason, latencyMs, firstTokenMs, servedBy } = answer;
  const about = column.isExact ? '' : '≈ ';
  const predicted = `${about}${formatCount(column.predicted)} predicted`;
  const figures: [string, string][] = [];
  if (usage) {
    const { input, output, reasoning, cachedInput } = usage;
    figures.push(['prompt tokens', `${formatCount(input)} billed, ${predicted}`]);
    figures.push([
      'answer tokens',
      formatCount(output) + (reasoning ? `, ${formatCount(reasoning)} of them reasoning` : ''),
    ]);
    if (cachedInput) figures.push(['cached', formatPercent(cachedInput / Math.max(1, input))]);
  } else figures.push(['prompt tokens', `${predicted}; the provider reports no usage`]);
  figures.push(['cost', cost === null ? 'unknown' : formatDollars(cost)]);
  if (usage?.charged !== undefined)
    figures.push(['charged', `${formatDollars(usage.charged)} according to the provider`]);
  if (firstTokenMs !== undefined) figures.push(['first token', formatSeconds(firstTokenMs)]);
  figures.push(['total', formatSeconds(latencyMs)], ['finish reason', finishReason]);
  figures.push(['served by', servedBy]);
  return figures;
}

/** Facts about an answer that are easily overlooked. */
function listNotes({ text, finishReason, usage }: Answer, predicted: number): string[] {
  const notes: string[] = [];
  // Ollama truncates prompts to `num_ctx` without an error.
  if (usage && usage.input < predicted * CUT_SHARE && usage.input < predicted - CUT_TOKENS)
    notes.push(
      `the server counted ${formatCount(usage.input)} of about ${formatCount(predicted)} prompt tokens; it may have truncated the prompt to its context length`,
    );
  if (finishReason === 'length') notes.push('cut off at the token limit');
  if (finishReason === 'content-filter') notes.push('the content filter stopped the answer');
  if (finishReason === 'tool')
    notes.push('the model requested a tool call; tools are not supported');
  if (text === '') {
    const { output = 0, reasoning = 0 } = usage ?? {};
    const spent = reasoning > 0 && reasoning >= output - 1;
    notes.push(
      spent ? 'the answer is empty: all tokens were used for reasoning' : 'the answer is empty',
    );
  }
  const broken = text.split('\ufffd').length - 1;
  if (broken > 0)
    notes.push(
      `${formatCount(broken)} ${broken === 1 ? 'character' : 'characters'} could not be decoded and appear as \ufffd`,
    );
  return notes;
}

function listVscodeNotes({ request }: ModelColumn): string[] {
  const notes = [
    'VS Code does not report token usage; the cost is unknown, and these runs compare only with each other',
  ];
  if (request.messages.some(({ role }) => role === 'system'))
    notes.push('VS Code has no system role; the system message is prepended to the user message');
  return notes;
}

async function checkJson(
  text: string,
  { plan, request }: ModelColumn,
  ports: RunPorts,
): Promise<AnswerView['json']> {
  const isAskedFor = request.responseFormat?.startsWith('json') ?? false;
  if (!isAskedFor && !/^\s*[[{]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return isAskedFor ? { ok: false, verdict: `invalid JSON: ${(error as Error).message}` } : null;
  }
  const schema = unwrapSchema(plan.jsonSchema);
  if (schema === undefined) return { ok: true, verdict: 'valid JSON' };
  const test = await new SchemaCompiler(ports.regex).compile(schema);
  if ('error' in test) return { ok: false, verdict: `invalid schema: ${test.error}` };
  const said = ports.regex.within(() => test(value));
  if (said.kind === 'timeout') return { ok: false, verdict: 'schema validation timed out' };
  return said.value === null
    ? { ok: true, verdict: 'matches the schema' }
    : { ok: false, verdict: `does not match the schema: ${said.value}` };
}

/** The schema in OpenAI's wrapper. */
function unwrapSchema(wrapper: Json | undefined): Json | undefined {
  return typeof wrapper === 'object' && wrapper !== null && 'schema' in wrapper
    ? wrapper.schema
    : undefined;
}
