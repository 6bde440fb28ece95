import type { PromptDocument } from '#core/prompt/document.ts';
import { appendItem, flowText, insertEntry, scalarText } from '#core/prompt/edit.ts';
import { child, type MapNode } from '#core/prompt/node.ts';
import type { Template } from '#core/prompt/template.ts';
import type { Edit, Span } from '#core/text.ts';
import { listVariableNames } from '../language/variables.ts';
import type { ActionSource } from './action.ts';
import { addValueToRows } from './rows.ts';

/**
 * Extracts selected text of a message into a variable. The text becomes its default if variables are
 * declared, otherwise its value in every row, otherwise the default of a new declaration.
 */
export const extractVariable: ActionSource = ({ prompt }, selection) => {
  if (selection.end <= selection.start || prompt.broken) return [];
  const template = prompt.messages.find(
    ({ content }) => content && containsSelection(content, selection),
  )?.content;
  if (!template) return [];
  const value = template.text.slice(
    template.offsetAt(selection.start),
    template.offsetAt(selection.end),
  );
  const cuts = template.placeholders.some(
    ({ span }) => span.start < selection.end && selection.start < span.end,
  );
  if (value.trim() === '' || cuts) return [];
  const name = chooseName(prompt);
  const added = buildValueEdits(prompt, name, value);
  if (added === null) return [];
  const edits: Edit[] = [{ span: selection, text: `{{${name}}}` }, ...added];
  return [{ title: `Extract to variable {{${name}}}`, kind: 'refactor.extract', edits }];
};

function buildValueEdits(prompt: PromptDocument, name: string, value: string): Edit[] | null {
  const { root, text } = prompt;
  if (root?.type !== 'map' || root.flow) return null;
  const declared = child(root, 'variables');
  const yaml = scalarText(value);
  const entry = `name: ${name}\ndefault: ${yaml.replaceAll('\n', '\n  ')}`;
  if (declared?.type === 'list' && declared.items.length > 0)
    return [appendItem(declared, entry, text)];
  if (declared?.type === 'map' && declared.entries.length > 0)
    return [
      insertEntry(
        declared as MapNode,
        name,
        yaml.includes('\n')
          ? `\n  default: ${yaml.replaceAll('\n', '\n  ')}`
          : `{ default: ${yaml} }`,
        text,
      ),
    ];
  if (declared) return null;
  const inRows = addValueToRows(prompt, name, yaml, text);
  if (inRows.length > 0) return inRows;
  const known = listVariableNames(prompt)
    .map((one) => `  - name: ${flowText(one, 'plain')}\n`)
    .join('');
  const list = `\n${known}  - ${entry.replaceAll('\n', '\n    ')}`;
  return [insertEntry(root, 'variables', list, text)];
}

function containsSelection({ node }: Template, { start, end }: Span): boolean {
  return !node.alias && node.token.start < start && end <= node.token.end;
}

function chooseName(prompt: PromptDocument): string {
  const taken = new Set(listVariableNames(prompt));
  let name = 'text';
  for (let n = 2; taken.has(name); n++) name = `text_${n}`;
  return name;
}
