import { Composer, type YAMLError } from 'yaml';
import type { Span } from '../text.ts';
import type { Node } from './node.ts';
import { TreeBuilder } from './tree-builder.ts';
import { explainYamlError, type YamlProblem } from './yaml-messages.ts';
import { lineEnd, readTokens } from './yaml-tokens.ts';

const MAX_PROBLEMS = 10;

export interface YamlTree {
  /** The first document's root; null if the document is empty or was rejected. */
  readonly root: Node | null;
  readonly problems: readonly YamlProblem[];
  /** The span of a second document, if any. */
  readonly second: Span | null;
  /** The tags that YAML does not define, such as `!include`: what follows them is read as if they were not there. */
  readonly tags: readonly Span[];
}

/**
 * Parses the first YAML 1.2 document of a text into a bounded tree. Never throws; time grows with the
 * text's length whatever its content: depth, aliases, properties and the number of problems are limited.
 */
export function parseYaml(text: string): YamlTree {
  const { tokens, refused, second } = readTokens(text);
  if (refused) return { root: null, problems: [refused], second, tags: [] };
  // Keys are compared with a Set below: the composer's own check is quadratic.
  const composer = new Composer({
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: 'silent',
    prettyErrors: false,
  });
  for (const document of composer.compose(tokens, true, text.length)) {
    const builder = new TreeBuilder(text);
    const root = builder.build(document.contents);
    const tags = document.warnings
      .filter(({ code }) => code === 'TAG_RESOLVE_FAILED')
      .map(({ pos: [start, end] }) => ({ start, end }));
    const problems = selectProblems(document.errors, builder.problems, text);
    return { root, problems, second, tags };
  }
  return { root: null, problems: [], second, tags: [] };
}

/**
 * Keeps the first ten problems, one per line, up to one that breaks the structure: what follows it is mostly its
 * consequence.
 */
function selectProblems(
  errors: readonly YAMLError[],
  own: readonly YamlProblem[],
  text: string,
): YamlProblem[] {
  const all = [
    ...errors.map((error) => ({
      start: error.pos[0],
      problem: () => explainYamlError(error, text),
    })),
    ...own.map((problem) => ({ start: problem.span.start, problem: () => problem })),
  ].sort((a, b) => a.start - b.start);
  const kept: YamlProblem[] = [];
  let until = -1;
  for (const { start, problem } of all) {
    if (start < until) continue;
    const one = problem();
    kept.push(one);
    if (one.breaksStructure || kept.length === MAX_PROBLEMS) break;
    until = lineEnd(text, start);
  }
  return kept;
}
