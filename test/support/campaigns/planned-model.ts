import { createRng } from '#core/eval/statistics/rng.ts';
import { modelServer, type Received, type Reply } from '#test/support/model-server.ts';

/** How requests fail, as long as an outage lasts. */
export type Outage =
  | 'error'
  | 'drop'
  | 'cut'
  | 'rate-limit'
  | 'rate-limit-wait'
  | 'hang'
  | 'invalid';

/** The model that prompts name, and another one that passes everything. */
export const OWN_MODEL = 'openai/gpt-4o-mini';
export const OTHER_MODEL = 'openai/gpt-4.1-mini';

/** What the service does at the moment. */
export interface Conditions {
  /** The share of cases (0 to 1) whose requests fail, again and again. */
  readonly share: number;
  readonly kind: Outage;
  /** Fails so many requests of any case, then works. */
  readonly burst?: number;
}

/**
 * A chat model on loopback with planned quality: for each text of a prompt and each case a chance to pass.
 * Answers are drawn anew with each call. It keeps its own log of what it answered, apart from the program.
 */
export class PlannedModel {
  readonly #seed: number;
  readonly #quality = new Map<string, readonly number[]>();
  readonly #calls = new Map<string, number>();
  #server: Awaited<ReturnType<typeof modelServer>> | null = null;
  #conditions: Conditions | null = null;
  #burst = 0;
  /** Complete answers of the own model, by text and case, since the last `reset`. */
  #answered = new Map<string, number>();
  #total = 0;
  /** Called with the number of complete answers since the last `reset`. */
  onAnswer: (count: number) => void = () => {};

  constructor(seed: number) {
    this.#seed = seed;
  }

  async listen(): Promise<string> {
    this.#server = await modelServer((request) => this.#reply(request));
    return this.#server.baseUrl;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** Sets the chances of a text to pass, by case. */
  plan(text: string, chances: readonly number[]): void {
    this.#quality.set(text, chances);
  }

  /** Begins an outage, or ends it with null. */
  suffer(conditions: Conditions | null): void {
    this.#conditions = conditions;
    this.#burst = conditions?.burst ?? 0;
  }

  /** Starts to count anew. */
  reset(): void {
    this.#answered = new Map();
    this.#total = 0;
    this.onAnswer = () => {};
    if (this.#server) this.#server.requests.length = 0;
  }

  /** How many complete answers each case of a text got from the own model. */
  answered(text: string, cases: number): number[] {
    return Array.from({ length: cases }, (_, i) => this.#answered.get(`${text} ${i}`) ?? 0);
  }

  #reply({ body }: Received): Reply {
    const message = body.messages.at(-1)?.content ?? '';
    const [, text = '', word = '', index = ''] = /^(\S+): say (w(\d+)x)$/.exec(message) ?? [];
    const failure = this.#fail(`${text} ${index}`);
    if (failure) return failure;
    if (`openai/${body.model}` !== OWN_MODEL) return { kind: 'whole', text: word };
    const key = `${text} ${index}`;
    const call = this.#calls.get(key) ?? 0;
    this.#calls.set(key, call + 1);
    this.#answered.set(key, (this.#answered.get(key) ?? 0) + 1);
    this.onAnswer(++this.#total);
    const chance = this.#quality.get(text)?.[Number(index)] ?? 0;
    const isPassed = drawUniform(`${this.#seed} ${key} ${call}`) < chance;
    return { kind: 'whole', text: isPassed ? word : 'no' };
  }

  #fail(key: string): Reply | null {
    if (!this.#conditions) return null;
    const { share, kind } = this.#conditions;
    const isBurst = this.#burst > 0;
    if (isBurst) this.#burst--;
    else if (drawUniform(`${this.#seed} outage ${key}`) >= share) return null;
    switch (kind) {
      case 'error':
        return { kind: 'status', status: 503, body: { error: { message: 'overloaded' } } };
      case 'drop':
        return { kind: 'cut', text: '', hard: true };
      case 'cut':
        return { kind: 'cut', text: key, hard: true };
      case 'rate-limit':
        return { kind: 'status', status: 429, body: { error: { message: 'slow down' } } };
      case 'rate-limit-wait': {
        const headers = { 'retry-after': '1' };
        return { kind: 'status', status: 429, body: { error: { message: 'slow down' } }, headers };
      }
      case 'hang':
        return { kind: 'nothing' };
      case 'invalid':
        return { kind: 'raw', text: 'data: {"error": {"message": "upstream"}}\n\n' };
      default:
        return kind satisfies never;
    }
  }
}

/** A number in [0, 1) that depends on the text alone. */
function drawUniform(text: string): number {
  // FNV-1a
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return createRng(hash >>> 0).uniform();
}
