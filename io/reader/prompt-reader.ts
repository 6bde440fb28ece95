import { chooseVersion } from '#core/registry/choose-version.ts';
import type { Reference } from '#core/registry/reference.ts';
import { formatPointer, parseReference } from '#core/registry/reference.ts';
import { type Registry, RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels, resolveReference } from '#core/registry/resolve.ts';
import { LastGood, type Pointed } from './last-good.ts';
import { createPublishedPrompt } from './published-prompt.ts';
import type { PublishedPrompt, ReaderOptions, RegistryReader } from './registry.d.ts';

const MAX_AGE_MS = 60_000;
const TIMEOUT_MS = 2000;
/** A registry that did not answer is left alone for so long. */
const PAUSE_MS = 5000;

interface Known extends Pointed {
  /** When it was read, or tried in vain, in milliseconds of a clock that never goes back. */
  readonly at: number;
  readonly stale: boolean;
}

/** Reads prompts for an application: from memory while they are fresh, and while the registry is down. */
export class PromptReader implements RegistryReader {
  readonly #open: () => Promise<Registry>;
  readonly #options: ReaderOptions;
  readonly #lastGood: LastGood;
  readonly #pointed = new Map<string, Known>();
  readonly #texts = new Map<string, string>();
  readonly #prompts = new Map<string, Omit<PublishedPrompt, 'stale'>>();
  readonly #asking = new Map<string, Promise<unknown>>();
  #registry: Promise<Registry> | undefined;
  #stored: Promise<void> | undefined;

  /** `address` names the registry in the file of what was read last. */
  constructor(address: string, open: () => Promise<Registry>, options: ReaderOptions) {
    this.#open = open;
    this.#options = options;
    this.#lastGood = new LastGood(options.lastKnownGood, address);
  }

  async prompt(
    reference: string,
    { key }: { readonly key?: string } = {},
  ): Promise<PublishedPrompt> {
    const parsed = parseReference(reference);
    if ('error' in parsed) throw new RegistryError('invalid', `${reference}: ${parsed.error}`);
    const { name } = parsed;
    const known = await this.#point(parsed);
    const version = chooseVersion(known, key);
    const { text, stale } = await this.#text(name, version);
    const title = `${name}@${version}`;
    const prompt = this.#prompts.get(title) ?? createPublishedPrompt(name, version, text);
    this.#prompts.set(title, prompt);
    return { ...prompt, stale: known.stale || stale };
  }

  async close(): Promise<void> {
    await this.#lastGood.close();
    const registry = await this.#registry?.catch(() => null);
    this.#registry = undefined;
    await registry?.close();
  }

  /** What a reference points to: asked for when it is old, else as it was. */
  async #point(reference: Reference): Promise<Known> {
    const title = `${reference.name}@${formatPointer(reference.pointer)}`;
    const { maxAgeMs = MAX_AGE_MS } = this.#options;
    const before = this.#pointed.get(title);
    const isFixed = reference.pointer.kind === 'version' || reference.pointer.kind === 'hash';
    const age = before ? performance.now() - before.at : Number.POSITIVE_INFINITY;
    const limit = before?.stale ? Math.min(PAUSE_MS, maxAgeMs) : maxAgeMs;
    if (before && (age < limit || (isFixed && !before.stale))) return before;
    try {
      await this.#inTime(title, async () => {
        const pointed = await readPointed(await this.#connect(), reference);
        const known = { ...pointed, at: performance.now(), stale: false };
        this.#pointed.set(title, known);
        this.#remember();
      });
      return this.#pointed.get(title) as Known;
    } catch (error) {
      await this.#readStored();
      const last = this.#pointed.get(title);
      // Nothing is ever deleted: what is missing now was there, and will be again.
      if (!last) throw error;
      this.#options.onProblem?.(error as Error);
      const known = { ...last, at: performance.now(), stale: true };
      this.#pointed.set(title, known);
      return known;
    }
  }

  /** The text of a version, which never changes. */
  async #text(name: string, version: string): Promise<{ text: string; stale: boolean }> {
    const title = `${name}@${version}`;
    const before = this.#texts.get(title);
    if (before !== undefined) return { text: before, stale: false };
    try {
      await this.#inTime(`text of ${title}`, async () => {
        const { text } = await (await this.#connect()).bundle(name, version);
        this.#texts.set(title, text);
        this.#remember();
      });
    } catch (error) {
      await this.#readStored();
      if (!this.#texts.has(title)) throw error;
      this.#options.onProblem?.(error as Error);
      return { text: this.#texts.get(title) ?? '', stale: true };
    }
    return { text: this.#texts.get(title) ?? '', stale: false };
  }

  /** Asks once for all who wait; who has waited long enough gets an error while the answer is still wanted. */
  async #inTime(title: string, ask: () => Promise<void>): Promise<void> {
    let asking = this.#asking.get(title);
    if (!asking) {
      asking = ask().finally(() => this.#asking.delete(title));
      this.#asking.set(title, asking);
    }
    const { timeoutMs = TIMEOUT_MS } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `the registry did not answer within ${timeoutMs} ms`;
      timer = setTimeout(() => reject(new RegistryError('unreachable', message)), timeoutMs);
    });
    await Promise.race([asking, late]).finally(() => clearTimeout(timer));
  }

  #connect(): Promise<Registry> {
    this.#registry ??= this.#open().catch((error) => {
      this.#registry = undefined;
      throw error;
    });
    return this.#registry;
  }

  #remember(): void {
    const known = () => ({
      pointed: Object.fromEntries(
        [...this.#pointed].map(([title, { version, split }]) => [
          title,
          split ? { version, split } : { version },
        ]),
      ),
      texts: Object.fromEntries(this.#texts),
    });
    this.#lastGood.write(known, (error) => this.#options.onProblem?.(error));
  }

  /** Takes what an earlier process has read, where this one has read nothing yet. */
  #readStored(): Promise<void> {
    this.#stored ??= this.#lastGood.read().then((stored) => {
      for (const [title, pointed] of Object.entries(stored?.pointed ?? {}))
        if (!this.#pointed.has(title))
          this.#pointed.set(title, { ...pointed, at: Number.NEGATIVE_INFINITY, stale: true });
      for (const [title, text] of Object.entries(stored?.texts ?? {}))
        if (!this.#texts.has(title)) this.#texts.set(title, text);
    });
    return this.#stored;
  }
}

async function readPointed(registry: Registry, reference: Reference): Promise<Pointed> {
  const { name, pointer } = reference;
  if (pointer.kind === 'version') return { version: pointer.version };
  const { version } = await resolveReference(registry, reference);
  if (pointer.kind !== 'label') return { version };
  const labels = findCurrentLabels(await registry.moves(name));
  const state = labels.find(({ label }) => label === pointer.label);
  return state ?? { version };
}
