import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { valueText } from '#core/prompt/read-rows.ts';
import { render } from '#core/prompt/template.ts';
import { UserError } from '#core/user-error.ts';
import type { PromptMessage, PublishedPrompt } from './registry.d.ts';

/** A published text as an application uses it. */
export function createPublishedPrompt(
  name: string,
  version: string,
  text: string,
): Omit<PublishedPrompt, 'stale'> {
  const document = parsePrompt(text);
  const { model, responseFormat, jsonSchema } = document;
  return {
    ...{ name, version, text, model, responseFormat },
    jsonSchema: jsonSchema?.source ?? null,
    parameters: { ...document.parameters },
    messages: (values = {}) => listMessages(document, `${name}@${version}`, values),
  };
}

function listMessages(
  { messages, variables, rows, oddKeys }: PromptDocument,
  title: string,
  values: NonNullable<Parameters<PublishedPrompt['messages']>[0]>,
): PromptMessage[] {
  const textOf = (name: string): string | undefined => {
    if (Object.hasOwn(values, name)) return String(values[name]);
    const node = variables.find((variable) => variable.name === name)?.defaultNode;
    return node ? valueText(node) : undefined;
  };
  // Texts that were published when `{{First name}}` was no placeholder keep it, unless something fills it.
  const isOwn = (name: string): boolean =>
    /^[A-Za-z0-9_.-]+$/.test(name) ||
    variables.some((variable) => variable.name === name) ||
    rows.some((row) => row.values.has(name));
  const missing = new Set<string>();
  const made = messages.flatMap(({ role, content }) => {
    if (role === null || content === null) return [];
    const rendered = render(content.text, textOf, oddKeys);
    for (const name of rendered.missing) if (isOwn(name)) missing.add(name);
    return [{ role, content: rendered.text }];
  });
  if (missing.size > 0)
    throw new UserError(`${title} needs a value for ${[...missing].join(', ')}`);
  return made;
}
