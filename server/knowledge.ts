import type { Rule } from '#core/lint/rule.ts';
import type { Catalogue, CatalogueOptions } from '#core/models/catalogue.ts';
import type { ModelSetting } from '#core/settings.ts';
import type { Knowledge } from './analysis.ts';
import type { FileSettings } from './settings.ts';

/** What is loaded when the server has nothing else to do. */
export interface Loaders {
  readonly rules: readonly Rule[];
  catalogue(options: CatalogueOptions): Promise<Catalogue>;
  /** Resolves when prompts can be counted. */
  counter(): Promise<NonNullable<Knowledge['count']>>;
  /** The date as `2026-11-21`. */
  today(): string;
}

/** Loads models and token tables once, and tells when there is more to show. */
export class KnowledgeStore {
  readonly #loaders: Loaders;
  readonly #changed: () => void;
  readonly #own = new Map<string, Catalogue | 'loading'>();
  #current: Knowledge;
  #loading: Promise<void> | undefined;

  constructor(loaders: Loaders, changed: () => void) {
    this.#loaders = loaders;
    this.#changed = changed;
    this.#current = { rules: loaders.rules, models: null, count: null };
  }

  get current(): Knowledge {
    return this.#current;
  }

  /** Loads everything; the second call waits for the first. Rejects when a file is damaged or missing. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const today = this.#loaders.today();
    const [models, count] = await Promise.allSettled([
      this.#loaders.catalogue({ today }),
      this.#loaders.counter(),
    ]);
    const shared = models.status === 'fulfilled' ? models.value : null;
    this.#current = {
      rules: this.#loaders.rules,
      models: shared && ((file: FileSettings) => this.#catalogueFor(file, shared)),
      count: count.status === 'fulfilled' ? count.value : null,
    };
    this.#changed();
    for (const part of [models, count]) if (part.status === 'rejected') throw part.reason;
  }

  /** A project's own models make a catalogue of their own; until it is there the shared one serves. */
  #catalogueFor(file: FileSettings, shared: Catalogue): Catalogue {
    const { models } = file.settings;
    if (Object.keys(models).length === 0) return shared;
    const key = JSON.stringify(models);
    const known = this.#own.get(key);
    if (known === undefined) void this.#loadOwn(key, models);
    return known === undefined || known === 'loading' ? shared : known;
  }

  async #loadOwn(key: string, models: Readonly<Record<string, ModelSetting>>): Promise<void> {
    this.#own.set(key, 'loading');
    const today = this.#loaders.today();
    this.#own.set(key, await this.#loaders.catalogue({ today, models }));
    this.#current = { ...this.#current };
    this.#changed();
  }
}
