import { join } from 'node:path';
import type { TestFileFact } from '#core/lint/engine/facts.ts';
import type { LintInput } from '#core/lint/engine/lint.ts';
import type { Catalogue, ModelInfo } from '#core/models/catalogue.ts';
import { findEncoding } from '#core/models/find-encoding.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { type Counter, type Counting, createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt, type PromptCounts } from '#core/tokens/counts.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import type { Tokenizer } from '#core/tokens/tokenizer.ts';
import { loadCatalogue } from '#io/catalogue.ts';
import { type TestRows, toTestFileFacts } from '#io/test-files.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { WorkflowFiles } from '#io/workflows.ts';
import { collectRows, type PromptInput } from './prompt-input.ts';

/** What rules and reports know about a prompt besides its text. */
export interface PromptFacts extends Required<Pick<LintInput, 'models' | 'counts' | 'facts'>> {
  readonly models: Catalogue;
  readonly counts: PromptCounts;
  /** Null for an unknown model, or none. */
  readonly model: ModelInfo | null;
  /** The prompt with the rows of its test files. */
  readonly whole: PromptDocument;
  /** Counts as the prompt's model does. */
  readonly counter: Counter;
}

/** The token tables beside the bundle. */
export function bundledTokenizer(): Tokenizer {
  return createFileTokenizer(join(import.meta.dirname, 'tokens'));
}

/** Models, prices, token counts and the workflows around prompts; each is loaded once. */
export class PromptKnowledge {
  readonly #today: string;
  readonly #tokenizer: Tokenizer;
  readonly #memo = new TokenMemo();
  readonly #workflows = new WorkflowFiles();
  readonly #catalogues = new Map<PromptInput['settings']['models'], Promise<Catalogue>>();

  /** `today`, such as `2026-11-21`: the day for prices and retirements. */
  constructor(today: string, tokenizer: Tokenizer = bundledTokenizer()) {
    this.#today = today;
    this.#tokenizer = tokenizer;
  }

  async gather({
    file,
    prompt,
    settings,
    tests,
    encoding,
  }: Pick<
    PromptInput,
    'file' | 'prompt' | 'settings' | 'tests' | 'encoding'
  >): Promise<PromptFacts> {
    const models = await this.catalogue(settings.models);
    const whole = { ...prompt, rows: collectRows({ prompt, tests }) };
    const counter = await this.counter(prompt.model, models);
    const counts = countPrompt(whole, counter);
    const around = file === null ? {} : await this.#workflows.factsOf(file);
    const facts = {
      today: this.#today,
      testFileKeys: collectTestFileKeys(tests),
      testFileProblems: listTestFileProblems(file, tests),
      ...(encoding && { encoding }),
      ...around,
    };
    return { models, counts, counter, whole, model: models.find(prompt.model), facts };
  }

  catalogue(models: PromptInput['settings']['models']): Promise<Catalogue> {
    const catalogue = this.#catalogues.get(models) ?? loadCatalogue({ today: this.#today, models });
    this.#catalogues.set(models, catalogue);
    return catalogue;
  }

  /** A counter as a model counts: estimates are scaled. */
  async counter(model: string | null, models: Catalogue): Promise<Counter> {
    return await this.#count(models.find(model)?.encoding ?? findEncoding(model));
  }

  /** A counter of the tokens of a model's encoding, without any scale. */
  async encodingCounter(model: string | null, models: Catalogue): Promise<Counter> {
    const { encoding } = models.find(model)?.encoding ?? findEncoding(model);
    return await this.#count({ encoding, exact: true });
  }

  async #count(counting: Counting): Promise<Counter> {
    return createTableCounter(counting, await this.#tokenizer.load(counting.encoding), this.#memo);
  }
}

/** The names that rows of test files define; null when not all of them could be read. */
function collectTestFileKeys({ rows, problems }: PromptInput['tests']): ReadonlySet<string> | null {
  if (problems.some(({ severity }) => severity === 'error')) return null;
  const keys = new Set<string>();
  for (const { values } of rows) for (const name of values.keys()) keys.add(name);
  return keys;
}

/** Of standard input, test files cannot be read: the prompt itself is not wrong. */
function listTestFileProblems(file: string | null, { problems }: TestRows): TestFileFact[] {
  const facts = toTestFileFacts(problems);
  return file === null ? facts.map((fact) => ({ ...fact, severity: 'info' })) : facts;
}

/** Today's date in UTC, `2026-11-21`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
