import { CaseValues } from '#core/eval/plan/request.ts';
import type { PromptDocument, Row, Variable, VariableType } from '#core/prompt/document.ts';
import type { Json } from '#core/prompt/node.ts';
import type { Field } from './messages.ts';

/** Builds the fields of the form, in the order of first use, then of declaration. */
export function buildFields(
  prompt: PromptDocument,
  row: Row | undefined,
  typed: ReadonlyMap<string, string>,
): Field[] {
  const used = prompt.messages.flatMap(
    ({ content }) => content?.placeholders.map(({ name }) => name) ?? [],
  );
  const declared = new Map(prompt.variables.map((variable) => [variable.name, variable]));
  const given = row ? new CaseValues({ row }, prompt) : null;
  return [...new Set([...used, ...declared.keys()])].map((name) => {
    const variable = declared.get(name);
    const type = variable?.type ?? 'string';
    const fromRow = given ? given.text(name) : findDefault(name, prompt);
    const value = typed.get(name) ?? fromRow ?? '';
    const options =
      variable?.enum?.map(formatValue) ?? (type === 'boolean' ? ['true', 'false'] : []);
    return {
      name,
      type,
      description: variable?.description ?? '',
      required: variable?.required ?? false,
      options,
      value,
      problem:
        typed.has(name) || fromRow !== undefined ? validateValue(value, type, options) : null,
    };
  });
}

/** The values that are sent. Variables without a value are left out. */
export function collectValues(
  fields: readonly Field[],
  row: Row | undefined,
  typed: ReadonlyMap<string, string>,
  prompt: PromptDocument,
): Map<string, string> {
  const given = row ? new CaseValues({ row }, prompt) : null;
  const isGiven = ({ name, value }: Field) =>
    value !== '' ||
    typed.has(name) ||
    (given ? given.text(name) : findDefault(name, prompt)) !== undefined;
  return new Map(fields.filter(isGiven).map(({ name, value }) => [name, value]));
}

/** The value without a golden case: the default, else the example. */
function findDefault(name: string, prompt: PromptDocument): string | undefined {
  const variable = prompt.variables.find((one) => one.name === name);
  if (!variable) return undefined;
  const empty = { row: EMPTY };
  return new CaseValues(empty, prompt).text(name) ?? formatExample(variable);
}

function formatExample({ example }: Variable): string | undefined {
  return example === undefined ? undefined : formatValue(example);
}

const EMPTY: Row = {
  index: 0,
  number: 1,
  span: { start: 0, end: 0 },
  values: new Map(),
  meta: { tags: [], skip: false, only: false, must: false, evaluators: [] },
};

function formatValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One sentence, or null when a text is of the type. */
export function validateValue(
  text: string,
  type: VariableType,
  options: readonly string[] = [],
): string | null {
  if (options.length > 0 && !options.includes(text)) return `must be one of ${options.join(', ')}`;
  switch (type) {
    case 'string':
      return null;
    case 'number':
    case 'integer': {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(value)) return 'must be a number';
      return type === 'integer' && !Number.isInteger(value) ? 'must be an integer' : null;
    }
    case 'boolean':
      return text === 'true' || text === 'false' ? null : 'must be true or false';
    case 'array':
    case 'object': {
      const value = parseJson(text);
      const fits = type === 'array' ? Array.isArray(value) : isMap(value);
      return fits ? null : `must be a JSON ${type}`;
    }
    default:
      return type satisfies never;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
