import type { Evaluator, PromptDocument, Row } from '../prompt/document.ts';
import type { Node } from '../prompt/node.ts';
import { readTemplate, type Template } from '../prompt/template.ts';

/** A text whose placeholders are filled, and where it is in the file. */
export interface PlacedTemplate {
  readonly template: Template;
  /** `with`: a text under an evaluator's `with`. */
  readonly place: 'message' | 'criterion' | 'judge' | 'with';
  /** The row whose own evaluator contains it; null if it applies to every row. */
  readonly row: Row | null;
}

/** Collects every text of a prompt in which placeholders are filled: messages, evaluators, rows. */
export function collectTemplates(prompt: PromptDocument): PlacedTemplate[] {
  const all: PlacedTemplate[] = [];
  for (const { content } of prompt.messages)
    if (content) all.push({ template: content, place: 'message', row: null });
  for (const evaluator of prompt.evaluators) addEvaluator(all, evaluator, null, prompt);
  for (const row of prompt.rows)
    for (const evaluator of row.meta.evaluators) addEvaluator(all, evaluator, row, prompt);
  return all;
}

function addEvaluator(
  all: PlacedTemplate[],
  { body }: Evaluator,
  row: Row | null,
  prompt: PromptDocument,
): void {
  switch (body.type) {
    case 'string':
      for (const { template } of body.criteria) all.push({ template, place: 'criterion', row });
      break;
    case 'llm':
      if (body.prompt) all.push({ template: body.prompt, place: 'judge', row });
      break;
    case 'uses':
      if (body.with) addTexts(all, body.with, row, prompt);
      break;
    case 'none':
      break;
    default:
      body satisfies never;
  }
}

function addTexts(
  all: PlacedTemplate[],
  node: Node,
  row: Row | null,
  prompt: PromptDocument,
): void {
  switch (node.type) {
    case 'scalar':
      if (typeof node.value === 'string' && node.value.includes('{'))
        all.push({ template: readTemplate(node, prompt.text, prompt.oddKeys), place: 'with', row });
      break;
    case 'list':
      for (const item of node.items) addTexts(all, item, row, prompt);
      break;
    case 'map':
      for (const { value } of node.entries) addTexts(all, value, row, prompt);
      break;
    default:
      node satisfies never;
  }
}
