import type { Fix, Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import type { Suppression } from '../../lint/engine/suppress.ts';
import type { Span } from '../../text.ts';

export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['suppressions'],
  fix: 'safe',
  summary: 'A comment disables a rule that reports nothing there',
  diagnosticTag: 'unnecessary',
  last: true,
  docs: {
    why: 'A comment that outlives its finding hides the rule’s next finding at the same place. Comments for rules that did not run, because of the mode or the settings, are not reported.',
    bad: `# promptsmith-disable-next-line multi-document
model: openai/gpt-4o
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/gpt-4o
messages:
  - role: user
    content: Say hello.`,
  },
  *check(context) {
    for (const suppression of context.suppressions) yield* reportUnused(suppression, context);
  },
};

function* reportUnused(
  { rules, used, span, kind }: Suppression,
  { ran, prompt }: RuleContext,
): Generator<Problem> {
  const where = {
    'next-line': 'there',
    line: 'on this line',
    region: 'from here on',
    file: 'in this file',
  }[kind];
  if (rules.length === 0) {
    // A rule that could not finish may still report something.
    if (used.size > 0 || [...ran.values()].includes(false)) return;
    const message = `This comment disables nothing: no rule reports a finding ${where}. Remove it.`;
    yield { message, span, fixes: [removeComment(span, prompt.text)] };
    return;
  }
  const idle = rules.filter(({ id }) => ran.get(id) === true && !used.has(id));
  for (const { id, span: at } of idle) {
    const message = `\`${id}\` reports no finding ${where}. Remove it from the comment.`;
    const fix =
      idle.length === rules.length ? removeComment(span, prompt.text) : removeName(at, prompt.text);
    yield { message, span: at, fixes: [fix] };
  }
}

/** Removes the comment with the space before it, or its whole line if it contains nothing else. */
function removeComment(span: Span, text: string): Fix {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.end);
  const before = text.slice(lineStart, span.start);
  const isAlone = before.trim() === '';
  const start = isAlone ? lineStart : lineStart + before.trimEnd().length;
  const end = isAlone ? (newline < 0 ? text.length : newline + 1) : span.end;
  return { title: 'Remove the comment', safe: true, edits: [{ span: { start, end }, text: '' }] };
}

/** Removes one of several names, with the comma next to it. */
function removeName({ start, end }: Span, text: string): Fix {
  const after = /^,? */.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  const hasComma = text.slice(end, end + after).startsWith(',');
  const before = hasComma
    ? 0
    : (/,? *$/.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0);
  const span = hasComma ? { start, end: end + after } : { start: start - before, end };
  return { title: 'Remove it from the comment', safe: true, edits: [{ span, text: '' }] };
}
