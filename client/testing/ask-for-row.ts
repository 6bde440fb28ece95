import { window } from 'vscode';
import { findPii } from '#core/pii.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import type { NewCase } from '#core/prompt/golden-case.ts';
import { replacePii } from './replace-pii.ts';

/** Asks for the parts of a golden case made from `text`; undefined when the user cancels. */
export async function askForRow(
  prompt: PromptDocument,
  text: string,
): Promise<NewCase | undefined> {
  const clean = await askAboutPersonalData(text);
  const values = clean === undefined ? undefined : await askForValues(prompt, clean);
  if (!values) return undefined;
  const contains = await window.showInputBox({
    title: 'What must a good answer contain?',
    prompt: 'Leave empty for no requirement.',
  });
  if (contains === undefined) return undefined;
  const lacks = await window.showInputBox({
    title: 'What must it not contain?',
    prompt: 'Leave empty for no restriction.',
  });
  if (lacks === undefined) return undefined;
  const name = await window.showInputBox({
    title: 'Name of the case',
    prompt: 'Leave empty to name it by its values.',
  });
  if (name === undefined) return undefined;
  return {
    values,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(contains === '' ? {} : { contains: [contains] }),
    ...(lacks === '' ? {} : { lacks: [lacks] }),
  };
}

/** Value of each variable: the text for one of them, what is typed for the others. */
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
      : await window.showQuickPick(names, { title: 'Which variable receives the text?' });
  if (own === undefined) return undefined;
  const values = new Map<string, string>();
  for (const name of names) {
    if (name === own) {
      values.set(name, text);
      continue;
    }
    const example = variables.find((variable) => variable.name === name)?.example;
    const value = await window.showInputBox({
      title: `Value of {{${name}}}`,
      value: rows.at(-1)?.values.get(name)?.text ?? (typeof example === 'string' ? example : ''),
    });
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return values;
}

/** Golden cases are committed, so they should not contain personal data. */
async function askAboutPersonalData(text: string): Promise<string | undefined> {
  const found = findPii(text);
  if (found.length === 0) return text;
  const replace = `Replace with Placeholders Such As <${found[0]?.type ?? ''}>`;
  const keep = 'Keep Unchanged';
  const kinds = [...new Set(found.map(({ type }) => type))].join(', ');
  const chosen = await window.showQuickPick([replace, keep], {
    title: `The text contains personal data: ${kinds}`,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  return chosen === replace ? replacePii(text, found) : text;
}
