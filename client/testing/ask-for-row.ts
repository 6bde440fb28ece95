import { window } from 'vscode';
import { findPii, type PiiMatch } from '#core/pii.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { NewCase } from '#core/prompt/golden-case.ts';

/** Asks what a golden case made of `text` is; undefined when somebody gave up on the way. */
export async function askForRow(
  prompt: PromptDocument,
  text: string,
): Promise<NewCase | undefined> {
  const clean = await askAboutPersonalData(text);
  const values = clean === undefined ? undefined : await askForValues(prompt, clean);
  if (!values) return undefined;
  const contains = await window.showInputBox({
    title: 'What must a good answer contain?',
    prompt: 'Leave it empty to demand nothing of this kind.',
  });
  if (contains === undefined) return undefined;
  const lacks = await window.showInputBox({
    title: 'What must it not contain?',
    prompt: 'Leave it empty to forbid nothing.',
  });
  if (lacks === undefined) return undefined;
  const name = await window.showInputBox({
    title: 'A name for the case',
    prompt: 'Leave it empty to have it named by its values.',
  });
  if (name === undefined) return undefined;
  return {
    values,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(contains === '' ? {} : { contains: [contains] }),
    ...(lacks === '' ? {} : { lacks: [lacks] }),
  };
}

/** The value of each variable: the text for one of them, what is typed for the others. */
async function askForValues(
  { messages, rows, variables }: PromptDocument,
  text: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  const used = messages.flatMap(({ content }) => content?.placeholders.map((p) => p.name) ?? []);
  const names = [...new Set(used)];
  const [only] = names;
  if (only === undefined) return new Map([['input', text]]);
  const own =
    names.length === 1
      ? only
      : await window.showQuickPick(names, { title: 'Which variable gets the text?' });
  if (own === undefined) return undefined;
  const values = new Map<string, string>();
  for (const name of names) {
    if (name === own) {
      values.set(name, text);
      continue;
    }
    const example = variables.find((variable) => variable.name === name)?.example;
    const value = await window.showInputBox({
      title: `The value of {{${name}}}`,
      value: rows.at(-1)?.values.get(name)?.text ?? (typeof example === 'string' ? example : ''),
    });
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return values;
}

/** Golden cases are committed: personal data is better left out. */
async function askAboutPersonalData(text: string): Promise<string | undefined> {
  const found = findPii(text);
  if (found.length === 0) return text;
  const replace = `Replace with placeholders such as <${found[0]?.type ?? ''}>`;
  const keep = 'Keep as it is';
  const kinds = [...new Set(found.map(({ type }) => type))].join(', ');
  const chosen = await window.showQuickPick([replace, keep], {
    title: `The text holds personal data: ${kinds}`,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  return chosen === replace ? redacted(text, found) : text;
}

function redacted(text: string, found: readonly PiiMatch[]): string {
  let result = '';
  let at = 0;
  for (const { span, type } of found) {
    if (span.start < at) continue;
    result += `${text.slice(at, span.start)}<${type}>`;
    at = span.end;
  }
  return result + text.slice(at);
}
