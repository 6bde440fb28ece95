import { findCheck } from '../../eval/checks/index.ts';
import type { Evaluator } from '../../prompt/document.ts';
import { findEntry, type Node } from '../../prompt/node.ts';

/** True if the result of an evaluator may depend on the row's `expected`. */
export function readsExpected(evaluator: Evaluator): boolean {
  const { body } = evaluator;
  switch (body.type) {
    case 'string':
      return body.criteria.some(({ template }) => MENTION.test(template.text));
    case 'llm':
      return [body.prompt, body.systemPrompt].some((text) => MENTION.test(text?.text ?? ''));
    case 'uses': {
      const check = findCheck(evaluator);
      // An unknown kind has a finding of its own, and its author may have meant one that compares.
      if ('error' in check || check.needsExpected || check.readsExpected) return true;
      return fallsBackToExpected(evaluator) || mentionsExpected(body.with);
    }
    case 'none':
      return true;
    default:
      return body satisfies never;
  }
}

/** True for a check that takes `expected` for a parameter which is not given. */
export function fallsBackToExpected(evaluator: Evaluator): boolean {
  const { body } = evaluator;
  const check = findCheck(evaluator);
  if ('error' in check || body.type !== 'uses') return false;
  const index = check.parameters.findIndex((p) => p.fallsBackToExpected && p.required);
  const parameter = check.parameters[index];
  if (!parameter) return false;
  const isGiven =
    body.with?.type === 'map'
      ? [parameter.name, parameter.alias].some((key) => key && findEntry(body.with, key))
      : index === 0 && body.with !== null && !isNull(body.with);
  return !isGiven;
}

/** Also in the syntax of other tools, which has a finding of its own. */
const MENTION = /\{ {0,3}expected\b/;

function mentionsExpected(node: Node | null): boolean {
  if (node?.type === 'scalar') return MENTION.test(node.source);
  if (node?.type === 'list') return node.items.some(mentionsExpected);
  return node?.type === 'map' && node.entries.some(({ value }) => mentionsExpected(value));
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}
