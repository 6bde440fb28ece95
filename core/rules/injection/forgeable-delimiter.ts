import type { Fix, Rule } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { describeTaint, isReported } from '../../lint/taint.ts';
import { chooseTag, editTemplate, wrapInTags } from '../../lint/template-edits.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { INJECTION } from '../security-tags.ts';

export const forgeableDelimiter: Rule = {
  id: 'forgeable-delimiter',
  severity: 'hint',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'An untrusted value may contain its own closing delimiter',
  docs: {
    why: 'Issues, diffs and web pages are full of backticks, quotation marks and rules: the first one in the value ends the fence for the model, by accident or on purpose. A tag named after the variable rarely occurs in a text by accident. For third-party text in a code fence or triple quotes, which such text contains most often, this is a warning.',
    bad: `variables:
  - { name: issue_body, trust: external }
messages:
  - role: user
    content: |
      Sum up this issue.
      \`\`\`
      {{issue_body}}
      \`\`\``,
    good: `variables:
  - { name: issue_body, trust: external }
messages:
  - role: user
    content: |
      Sum up this issue.
      <issue_body>
      {{issue_body}}
      </issue_body>`,
    unless: 'The program that fills the value removes the delimiter from it.',
  },
  *check({ prompt, places, taints, settings }) {
    const seen = new Set<string>();
    for (const place of places) {
      const { placeholder, closer, template } = place;
      if (closer === undefined || place.place === 'xml') continue;
      const { name, span } = placeholder;
      const taint = taints.get(name);
      const isCommon = place.place === 'fence' || place.place === 'triple-quote';
      // A diff or a page often contains a fence, whoever sends it: a name is enough for a hint.
      const isGuess = !isReported(taint, settings.mode, false);
      if (isGuess && !(isCommon && taint.trust === 'external')) continue;
      const key = `${template.node.token.start} ${name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const fix = isCommon ? useTag(place, prompt) : null;
      yield {
        message: `\`${name}\` ${describeTaint(taint)} and may contain its own closing delimiter, a ${describeCloser(closer)}. Use a tag instead.`,
        span,
        severity: isCommon && taint.trust === 'external' && !isGuess ? 'warning' : 'hint',
        confidence: taint.confidence,
        ...(taint.evidence ? { related: [taint.evidence] } : {}),
        ...(fix ? { fixes: [fix] } : {}),
      };
    }
  },
};

function describeCloser(closer: string): string {
  if (/^`{3}/.test(closer)) return 'code fence';
  if (/^(?:"""|''')/.test(closer)) return 'triple quotation mark';
  return /^["'“”«»]$/.test(closer) ? 'quotation mark' : `line \`${closer}\``;
}

/** Replaces a fence that contains only the placeholder by tags. */
function useTag(
  { placeholder, template, closer = '' }: PlacedVariable,
  prompt: PromptDocument,
): Fix | null {
  const { text } = template;
  const { start, end } = placeholder.value;
  const mark = closer.replaceAll(/[^`~"']/g, '');
  const opening = new RegExp(`${mark}[^\\n${mark[0]}]{0,40}\\s*$`).exec(
    text.slice(Math.max(0, start - 80), start),
  );
  const closing = /^\s{0,20}/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  if (!opening || !text.startsWith(mark, end + closing)) return null;
  const from = start - opening[0].length;
  const to = end + closing + mark.length;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, from))?.[0] ?? '';
  const tag = chooseTag(placeholder.name, prompt);
  const body = wrapInTags(placeholder.name, tag, indent);
  const edit = editTemplate(
    template,
    [{ span: { start: from, end: to }, text: body }],
    prompt.text,
  );
  return edit && { title: `Use <${tag}> tags instead`, safe: false, edits: [edit] };
}
