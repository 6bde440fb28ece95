import type { Hover } from 'vscode-languageserver';
import type { Check } from '#core/eval/checks/check.ts';
import { joinParagraphs, type SafeText } from '#core/printing/safe-text.ts';
import { type Location, locate, nodeAt, type Path } from '#core/prompt/locate.ts';
import { readString } from '#core/prompt/node.ts';
import type { Span } from '#core/text.ts';
import { findFindings } from '../actions/action.ts';
import type { Analysis } from '../analysis.ts';
import { createDocumentHandler, type Feature } from '../feature.ts';
import { describeCheck, describeParameter, findCheck } from '../hover/check-hover.ts';
import { describeKey } from '../hover/key-hover.ts';
import { describeMessage } from '../hover/message-hover.ts';
import { describeModel } from '../hover/model-hover.ts';
import { describeRule } from '../hover/rule-hover.ts';
import { describeVariable } from '../hover/variable-hover.ts';
import { isModelPath } from '../language/model-paths.ts';
import { findPlace } from '../language/place.ts';
import { findOccurrence } from '../language/variables.ts';
import { toMarkup, toRange } from '../to-lsp.ts';

/** Describes the variable, model, message, evaluator, rule or key under the pointer. */
export const hover: Feature = {
  name: 'hover',
  capabilities: () => ({ hoverProvider: true }),
  register: (context) =>
    context.connection.onHover(
      createDocumentHandler(context, 'hover', null as Hover | null, (analysis, { position }) =>
        buildHover(
          analysis,
          analysis.lines.offset(position),
          context.checks,
          context.client.rulePage === null,
        ),
      ),
    ),
};

export function buildHover(
  analysis: Analysis,
  offset: number,
  checks: readonly Check[],
  explainsFindings = false,
): Hover | null {
  const { prompt, lines } = analysis;
  const variable = analysis.kind === 'prompt' ? findOccurrence(prompt, offset) : null;
  const found = variable
    ? { text: describeVariable(analysis, variable.name), span: variable.span }
    : (describeNode(analysis, offset, checks) ?? describeComment(analysis, offset));
  const rules = explainsFindings ? describeFindings(analysis, offset) : null;
  const span = found?.span ?? rules?.span;
  return span
    ? {
        contents: toMarkup(joinParagraphs(found?.text, rules?.text)),
        range: toRange(lines, span),
      }
    : null;
}

interface Found {
  readonly text: SafeText<'hover'>;
  readonly span: Span;
}

function describeNode(analysis: Analysis, offset: number, checks: readonly Check[]): Found | null {
  const here = locate(analysis.prompt.root, offset);
  if (!here || (here.node.type !== 'scalar' && !here.inKey)) return null;
  const text = here.inKey
    ? describeKeyNode(analysis, here, checks)
    : describeValueNode(analysis, here, checks);
  return text === null ? null : { text, span: here.node.span };
}

function describeKeyNode(
  analysis: Analysis,
  { path }: Location,
  checks: readonly Check[],
): SafeText<'hover'> | null {
  const { kind, prompt, knowledge } = analysis;
  const name = path.at(-1);
  if (kind === 'settings' && path.at(-2) === 'rules')
    return describeRule(knowledge.rules, String(name));
  const own = describeKey(kind, path);
  if (kind !== 'prompt') return own;
  if (path.at(-2) === 'with') {
    const uses = readString(nodeAt(prompt.root, [...path.slice(0, -2), 'uses'])) ?? '';
    const parameter = findCheck(checks, uses)?.check.parameters.find((one) => one.name === name);
    return parameter ? describeParameter(parameter) : own;
  }
  const base =
    isEvaluator(path.slice(0, -1)) && checks.find((c) => c.namespace === 'base' && c.kind === name);
  if (base) return describeCheck(base);
  const message =
    path[0] === 'messages' && path.length === 3 ? describeMessage(analysis, Number(path[1])) : null;
  return own || message ? joinParagraphs(own, message) : null;
}

function describeValueNode(
  analysis: Analysis,
  { path, node }: Location,
  checks: readonly Check[],
): SafeText<'hover'> | null {
  const { prompt, models, facts, kind } = analysis;
  const value = readString(node);
  if (value === undefined) return null;
  if (isModelPath(kind, path)) return describeModel(value, models, facts.today ?? '');
  if (kind !== 'prompt') return null;
  if (path.at(-1) === 'uses') {
    const named = findCheck(checks, value.trim());
    return named && describeCheck(named.check, named.negated);
  }
  const isRole = path[0] === 'messages' && path.at(-1) === 'role' && path.length === 3;
  return isRole && prompt.messages[Number(path[1])]
    ? describeMessage(analysis, Number(path[1]))
    : null;
}

/** The rules of the findings at an offset, for clients that cannot open rule pages. */
function describeFindings(analysis: Analysis, offset: number): Found | null {
  const findings = findFindings(analysis, { start: offset, end: offset });
  const [first] = findings;
  const ids = [...new Set(findings.map(({ id }) => id))];
  const texts = ids.map((id) => describeRule(analysis.knowledge.rules, id));
  return first ? { text: joinParagraphs(...texts), span: first.span } : null;
}

/** A rule id in a suppression comment. */
function describeComment(analysis: Analysis, offset: number): Found | null {
  const place = findPlace(analysis.prompt, analysis.lines, offset);
  if (place.kind !== 'comment') return null;
  const { start, end } = place.replace;
  const text = describeRule(analysis.knowledge.rules, analysis.text.slice(start, end));
  return text === null ? null : { text, span: place.replace };
}

/** An entry of `evaluators`, at the top level or in the `$case` of a row. */
function isEvaluator(path: Path): boolean {
  return path.at(-2) === 'evaluators' && typeof path.at(-1) === 'number';
}
