import type { Evaluator, EvaluatorBody, PromptDocument, Row } from '../prompt/document.ts';
import type { Node } from '../prompt/node.ts';
import { splitTemplate, type Template } from '../prompt/template.ts';
import type { ComparedPrompt } from './change.ts';
import type { Renames } from './find-renames.ts';

/** A prompt with other names for some variables, in messages, declarations, test rows and checks. */
export function renameVariables(prompt: ComparedPrompt, renames: Renames): ComparedPrompt {
  if (renames.size === 0) return prompt;
  const { document, rows } = prompt;
  const renamer = createRenamer(renames, document.oddKeys);
  const renamed: PromptDocument = {
    ...document,
    messages: document.messages.map((one) => ({
      ...one,
      content: one.content && renamer.template(one.content),
    })),
    variables: document.variables.map((one) => ({ ...one, name: renamer.name(one.name) })),
    evaluators: document.evaluators.map((one) => renameEvaluator(one, renamer)),
  };
  return { document: renamed, rows: rows.map((row) => renameRow(row, renamer)) };
}

interface Renamer {
  name(name: string): string;
  text(text: string): string;
  template(template: Template): Template;
}

function createRenamer(renames: Renames, oddKeys: ReadonlySet<string>): Renamer {
  const name = (old: string) => renames.get(old) ?? old;
  const text = (old: string) =>
    splitTemplate(old, oddKeys)
      .map((part, i) => (i % 2 === 0 ? part : `{{${name(part)}}}`))
      .join('');
  const template = (old: Template): Template => ({
    ...old,
    text: text(old.text),
    placeholders: old.placeholders.map((one) => ({ ...one, name: name(one.name) })),
  });
  return { name, text, template };
}

function renameRow(row: Row, renamer: Renamer): Row {
  const values = [...row.values.values()].map((one) => {
    const name = renamer.name(one.name);
    return [name, { ...one, name }] as const;
  });
  const evaluators = row.meta.evaluators.map((one) => renameEvaluator(one, renamer));
  return { ...row, values: new Map(values), meta: { ...row.meta, evaluators } };
}

function renameEvaluator(evaluator: Evaluator, renamer: Renamer): Evaluator {
  return { ...evaluator, body: renameBody(evaluator.body, renamer) };
}

function renameBody(body: EvaluatorBody, { text, template }: Renamer): EvaluatorBody {
  switch (body.type) {
    case 'string': {
      const criteria = body.criteria.map((one) => ({ ...one, template: template(one.template) }));
      return { ...body, criteria };
    }
    case 'llm': {
      const [prompt, systemPrompt] = [body.prompt, body.systemPrompt].map(
        (one) => one && template(one),
      );
      return { ...body, prompt: prompt ?? null, systemPrompt: systemPrompt ?? null };
    }
    case 'uses':
      return { ...body, with: body.with && renameNode(body.with, text) };
    case 'none':
      return body;
    default:
      return body satisfies never;
  }
}

/** A tree whose strings have other placeholders. */
function renameNode(node: Node, rename: (text: string) => string): Node {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'string' ? { ...node, value: rename(node.value) } : node;
    case 'list':
      return { ...node, items: node.items.map((item) => renameNode(item, rename)) };
    case 'map': {
      const entries = node.entries.map((one) => ({ ...one, value: renameNode(one.value, rename) }));
      return { ...node, entries };
    }
    default:
      return node satisfies never;
  }
}
