import { child, type Node, readString } from '../../prompt/node.ts';
import { classifyContext } from './contexts.ts';
import {
  FETCHED,
  findLeastTrusted,
  MODEL,
  markOrigin,
  type Origin,
  readOrigin,
  TRUSTED,
  UNKNOWN,
  type Value,
} from './origins.ts';

/** Actions whose answer depends only on what the step gives to them. */
const INFERENCE = /(?:^|\/)ai-inference$/i;
/** Actions that read issues, pull requests and files by themselves. */
const AGENTS =
  /(?:^|\/)(?:claude-code-action|claude-code-base-action|run-gemini-cli|codex-action|ai-assessment-comment-labeler)$/i;
/** Step inputs that give the model tools. */
export const TOOLS =
  /^(?:enable-github-mcp|copilot-allow-tools|mcp-config|mcp_config|allowed_tools|allowed-tools)$/;

/** The name of an action without its version; '' for other steps. */
export function readActionName(step: Node): string {
  return (readString(child(step, 'uses')) ?? '').split('@')[0] ?? '';
}

/**
 * Finds who writes the outputs of a step that asks a model: whoever writes what the model reads can steer it. Null for
 * other steps. `given`: the values of the step's inputs, by name.
 */
export function traceModelStep(step: Node, given: ReadonlyMap<string, Value>): Origin | null {
  const name = readActionName(step);
  if (AGENTS.test(name)) return { ...FETCHED, kind: 'model' };
  if (!INFERENCE.test(name)) return null;
  const read = [...given].filter(([key]) => !/^(?:token|model|endpoint|max-tokens)$/.test(key));
  if (read.some(([key, value]) => TOOLS.test(key) && !isOff(value))) return MODEL;
  const origin = findLeastTrusted(read.map(([, value]) => readOrigin(value)));
  switch (origin.trust) {
    case 'trusted':
      return { ...(read.length === 0 ? UNKNOWN : TRUSTED), kind: 'model' };
    case 'unknown':
      return { ...UNKNOWN, kind: 'model' };
    default:
      return { ...origin, kind: 'model' };
  }
}

/** True for the value of an input that leaves something off. */
export function isOff(value: string): boolean {
  return /^(?:false|null|~|)$/i.test(value.trim());
}

const SET_OUTPUT = /\bsetOutput\(\s{0,20}['"`]([\w-]{1,80})['"`]\s{0,5},([^\n]{0,200})/g;
const PAYLOAD =
  /^\s*context\.payload\??\.([\w.?]{1,120})\s*(?:(?:\|\||\?\?)\s*['"`][^'"`]*['"`]\s*)?\);?\s*$/;
const VARIABLE = /^\s*process\.env\.(\w{1,80})\s*\);?\s*$/;
const LITERAL = /^\s*(?:'[^']*'|"[^"]*"|\d+|true|false)\s*\);?\s*$/;
const PLAIN =
  /^\s*context\.(?:sha|ref|actor|runId|runNumber|workflow|eventName|issue\.number)\s*\);?\s*$/;

/**
 * Reads the outputs that JavaScript in `actions/github-script` sets from the event or a variable; the others are
 * unknown.
 */
export function readScriptOutputs(
  script: string,
  variable: (name: string) => Value,
): Map<string, Value> {
  const found = new Map<string, Origin[]>();
  for (const [, name = '', rest = ''] of script.matchAll(SET_OUTPUT)) {
    const origin = traceJavaScript(rest, variable);
    found.set(name, [...(found.get(name) ?? []), origin]);
  }
  return new Map([...found].map(([name, list]) => [name, markOrigin(findLeastTrusted(list))]));
}

function traceJavaScript(rest: string, variable: (name: string) => Value): Origin {
  if (LITERAL.test(rest) || PLAIN.test(rest)) return TRUSTED;
  const path = PAYLOAD.exec(rest)?.[1];
  if (path !== undefined) {
    const trust = classifyContext(`github.event.${path.replaceAll('?', '')}`);
    return trust === 'unknown' ? UNKNOWN : { trust, confidence: 'high', kind: 'expression' };
  }
  const name = VARIABLE.exec(rest)?.[1];
  return name === undefined ? UNKNOWN : readOrigin(variable(name));
}
