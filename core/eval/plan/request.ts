import { hashValue } from '../../hash.ts';
import type { PromptDocument, RowValue, Variable } from '../../prompt/document.ts';
import { valueText } from '../../prompt/read-rows.ts';
import { type Rendered, render, splitTemplate } from '../../prompt/template.ts';
import type { ModelRequest } from '../model.ts';
import type { Case, Job, Plan } from './plan.ts';

/** The values of a case's placeholders: the row's, else the declared defaults. */
export class CaseValues {
  readonly #row: ReadonlyMap<string, RowValue>;
  readonly #variables: readonly Variable[];
  readonly #oddKeys: ReadonlySet<string>;

  constructor(
    item: Pick<Case, 'row'>,
    { variables, oddKeys }: Pick<PromptDocument, 'variables' | 'oddKeys'>,
  ) {
    this.#row = item.row.values;
    this.#variables = variables;
    this.#oddKeys = oddKeys;
  }

  /** Fills a template; `answer` is the value of `{{completion}}` where it is not the row's. */
  fill(template: string, answer?: string): Rendered {
    const resolve = (name: string): string | undefined =>
      name === 'completion' && answer !== undefined ? answer : this.text(name);
    return render(template, resolve, this.#oddKeys);
  }

  /** The text of a placeholder; undefined if it has no value. */
  text(name: string): string | undefined {
    const own = this.#row.get(name);
    if (own) return own.text;
    const node = this.#variables.find((v) => v.name === name)?.defaultNode;
    return node && valueText(node);
  }

  /** The row's own value, without defaults. */
  row(name: string): RowValue | undefined {
    return this.#row.get(name);
  }
}

/** Builds the request of a job, or returns why it cannot be sent. */
export function buildRequest(plan: Plan, job: Job): { request: ModelRequest } | { error: string } {
  if (plan.blocked !== null) return { error: plan.blocked };
  const values = new CaseValues(job.case, plan.document);
  const missing = new Set<string>();
  const messages: ModelRequest['messages'][number][] = [];
  for (const { role, content } of plan.document.messages) {
    if (role === null || content === null) continue;
    const rendered = values.fill(content.text);
    for (const name of rendered.missing) missing.add(name);
    messages.push({ role, content: rendered.text });
  }
  if (missing.size > 0 && !plan.allowMissing) return { error: describeMissingValues([...missing]) };
  const { responseFormat, parameters } = plan.document;
  const request: ModelRequest = {
    provider: job.model.provider,
    origin: job.model.origin,
    ...(job.model.connection === undefined ? {} : { connection: job.model.connection }),
    model: job.model.model,
    messages,
    parameters,
    why: { case: job.case.id, repeat: job.repeat, role: 'answer' },
    ...(responseFormat === null ? {} : { responseFormat }),
    ...(plan.jsonSchema === undefined ? {} : { jsonSchema: plan.jsonSchema }),
  };
  return { request };
}

/** The text of the system messages, split at the placeholders and without them. */
export function extractInstructions({ messages, oddKeys }: Plan['document']): string[] {
  return messages.flatMap(({ role, content }) =>
    role === 'system' && content !== null
      ? splitTemplate(content.text, oddKeys).filter((_, i) => i % 2 === 0)
      : [],
  );
}

/** The key of a call in recordings: the hash of the request and its repeat. */
export function requestKey(request: ModelRequest): string {
  const { origin, model, messages, parameters, responseFormat, jsonSchema, why } = request;
  return hashValue({
    origin,
    model,
    messages,
    parameters,
    responseFormat,
    jsonSchema,
    repeat: why.repeat,
  });
}

/** The key of a call in the cache: also how the provider is called, because another backend answers differently. */
export function cacheKey(request: ModelRequest): string {
  const { provider, connection } = request;
  return hashValue({ request: requestKey(request), provider, connection });
}

/** The message about placeholders without a value. */
export function describeMissingValues(names: readonly string[]): string {
  const list = names.map((name) => `{{${name}}}`).join(', ');
  return `${list} ${names.length === 1 ? 'has' : 'have'} no value in this row; add ${names.length === 1 ? 'it' : 'them'} there, or set a default under \`variables\``;
}
