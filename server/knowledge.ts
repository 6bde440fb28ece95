import type { Summary } from '#core/eval/report/summary.ts';
import type { Rule } from '#core/lint/engine/rule.ts';
import { TextReadings } from '#core/lint/engine/text-readings.ts';
import type { Catalogue, CatalogueOptions } from '#core/models/catalogue.ts';
import { findEncoding } from '#core/models/find-encoding.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { ModelSetting } from '#core/settings.ts';
import { CountMemo } from '#core/tokens/count-memo.ts';
import { type Counting, createTableCounter } from '#core/tokens/counter.ts';
import type { Encoder } from '#core/tokens/encoder.ts';
import type { EncodingName } from '#core/tokens/encoding.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import type { Tokenizer } from '#core/tokens/tokenizer.ts';
import type { Knowledge, ModelCounter } from './analysis.ts';
import type { FileSettings } from './settings.ts';

const NO_RUNS: readonly Summary[] = [];

/** Loads data while the server is idle. */
export interface Loaders {
  readonly rules: readonly Rule[];
  catalogue(options: CatalogueOptions): Promise<Catalogue>;
  readonly tokenizer: Tokenizer;
  /** The date as `2026-11-21`. */
  today(): string;
}

/** Loads models and token tables once, and notifies the server when more data is available. */
export class KnowledgeStore {
  readonly #loaders: Loaders;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #memo = new TokenMemo();
  readonly #readings = new TextReadings();
  readonly #counters = new Map<string, ModelCounter>();
  readonly #own = new Map<string, Catalogue | 'loading'>();
  readonly #asked = new Set<EncodingName>(['o200k_base']);
  #current: Knowledge;
  #loading: Promise<void> | undefined;

  /** `changed`: more data is available; `failed`: a file is damaged or missing. */
  constructor(
    loaders: Loaders,
    changed: () => void,
    failed: (error: unknown) => void,
    runs: NonNullable<Knowledge['runs']> = () => NO_RUNS,
  ) {
    this.#loaders = loaders;
    this.#changed = changed;
    this.#failed = failed;
    const { rules } = loaders;
    const readings = this.#readings;
    this.#current = { isPartial: true, rules, readings, models: null, counter: null, runs };
  }

  get current(): Knowledge {
    return this.#current;
  }

  /** Loads the data that most prompts need. Later calls wait for the first. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { rules, tokenizer, catalogue } = this.#loaders;
    const [models, encoder] = await Promise.allSettled([
      catalogue({ today: this.#loaders.today() }),
      tokenizer.load('o200k_base'),
    ]);
    for (const part of [models, encoder]) if (part.status === 'rejected') this.#failed(part.reason);
    const shared = models.status === 'fulfilled' ? models.value : null;
    const { runs = () => NO_RUNS } = this.#current;
    this.#current = {
      runs,
      rules,
      readings: this.#readings,
      models: shared && ((file) => this.#catalogueFor(file, shared)),
      counter: (prompt, file) => this.#counter(prompt, file),
    };
    this.#changed();
  }

  #counter(prompt: PromptDocument, file: FileSettings): ModelCounter | null {
    const models = this.#current.models?.(file);
    const counting = models?.find(prompt.model)?.encoding ?? findEncoding(prompt.model);
    const encoder = this.#loaders.tokenizer.loaded(counting.encoding);
    if (encoder) return this.#counterFor(counting, encoder);
    this.#loadEncoding(counting.encoding);
    return null;
  }

  /** One counter for all models with the same way of counting. */
  #counterFor(counting: Counting, encoder: Encoder): ModelCounter {
    const key = JSON.stringify(counting);
    let known = this.#counters.get(key);
    if (!known) {
      known = { counter: createTableCounter(counting, encoder, this.#memo), memo: new CountMemo() };
      this.#counters.set(key, known);
    }
    return known;
  }

  /** Loads the table of another encoding once. A failed load is not retried. */
  #loadEncoding(name: EncodingName): void {
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    this.#loaders.tokenizer.load(name).then(() => this.#renew(), this.#failed);
  }

  #renew(): void {
    this.#current = { ...this.#current };
    this.#changed();
  }

  /** The catalogue with the models of a project's settings; the shared catalogue until it is loaded. */
  #catalogueFor(file: FileSettings, shared: Catalogue): Catalogue {
    const { models } = file.settings;
    if (Object.keys(models).length === 0) return shared;
    const key = JSON.stringify(models);
    const known = this.#own.get(key);
    if (known === undefined) this.#loadOwn(key, models).catch(this.#failed);
    return known === undefined || known === 'loading' ? shared : known;
  }

  async #loadOwn(key: string, models: Readonly<Record<string, ModelSetting>>): Promise<void> {
    this.#own.set(key, 'loading');
    const today = this.#loaders.today();
    this.#own.set(key, await this.#loaders.catalogue({ today, models }));
    this.#renew();
  }
}
