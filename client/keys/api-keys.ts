import type { Memento, SecretStorage } from 'vscode';
import type { Consent } from '#io/models/keys.ts';

const KEYS = 'apiKeys';
const CONSENTS = 'consents';

/** The user's keys, each bound to an origin, and their consents to send other keys somewhere. */
export class ApiKeys {
  readonly #secrets: SecretStorage;
  readonly #memory: Memento;

  constructor(secrets: SecretStorage, memory: Memento) {
    this.#secrets = secrets;
    this.#memory = memory;
  }

  /** Keys by origin. */
  async readAll(): Promise<ReadonlyMap<string, string>> {
    const text = await this.#secrets.get(KEYS);
    const stored: unknown = JSON.parse(text ?? '{}');
    return new Map(Object.entries(stored ?? {}));
  }

  /** Binds a key to an origin and replaces an earlier one. */
  async store(origin: string, key: string): Promise<void> {
    await this.#write(new Map(await this.readAll()).set(origin, key));
  }

  async remove(origin: string): Promise<void> {
    const keys = new Map(await this.readAll());
    keys.delete(origin);
    await this.#write(keys);
  }

  get consents(): readonly Consent[] {
    return this.#memory.get<readonly Consent[]>(CONSENTS, []);
  }

  /** Lets a project send a variable's value to an origin from now on. */
  async allow(consent: Consent): Promise<void> {
    await this.#memory.update(CONSENTS, [...this.consents, consent]);
  }

  async #write(keys: ReadonlyMap<string, string>): Promise<void> {
    if (keys.size === 0) await this.#secrets.delete(KEYS);
    else await this.#secrets.store(KEYS, JSON.stringify(Object.fromEntries(keys)));
  }
}
