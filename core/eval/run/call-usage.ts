import type { ModelRequest } from '../model.ts';
import type { RunPorts } from '../ports.ts';

/** The tokens that calls may use, by what calls of the same model and role used before. */
export class CallUsage {
  readonly #countTokens: RunPorts['countTokens'];
  readonly #outputs = new Map<string, { calls: number; tokens: number }>();

  constructor({ countTokens }: Pick<RunPorts, 'countTokens'>) {
    this.#countTokens = countTokens;
  }

  /** The tokens that a call may use at most, or nearly so. */
  expect(request: ModelRequest, model: string): { input: number; output: number } {
    // If tokens cannot be counted, assume one per character: more is rare.
    const count = (text: string) => this.#countTokens(text, model) ?? text.length;
    const schema = request.jsonSchema === undefined ? '' : JSON.stringify(request.jsonSchema);
    const input = request.messages.reduce(
      (sum, { content }) => sum + 4 + count(content),
      schema === '' ? 3 : 3 + count(schema),
    );
    const { maxTokens, maxCompletionTokens } = request.parameters;
    const seen = this.#outputs.get(outputKey(request, model));
    const guess = seen ? (4 * seen.tokens) / seen.calls : 1000;
    const output = maxCompletionTokens ?? maxTokens ?? guess;
    return { input, output };
  }

  /** An answer used so many output tokens. */
  record(request: ModelRequest, model: string, output: number | undefined): void {
    if (output === undefined) return;
    const key = outputKey(request, model);
    const seen = this.#outputs.get(key) ?? { calls: 0, tokens: 0 };
    this.#outputs.set(key, { calls: seen.calls + 1, tokens: seen.tokens + output });
  }
}

function outputKey({ why }: ModelRequest, model: string): string {
  return `${why.role === 'answer' ? 'answer' : 'judge'} ${model}`;
}
