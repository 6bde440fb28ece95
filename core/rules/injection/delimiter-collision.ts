import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import type { PlacedVariable } from '../../lint/placement.ts';
import { editTemplate } from '../../lint/template-edits.ts';
import type { PromptDocument, Row } from '../../prompt/document.ts';
import { INJECTION } from '../security-tags.ts';
import { pointAtValue } from './row-values.ts';

export const delimiterCollision: Rule = {
  id: 'delimiter-collision',
  severity: 'error',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  fix: 'unsafe',
  summary: 'A test value contains its own closing delimiter',
  docs: {
    why: 'A value ends at its closing delimiter. When a test value contains the closing tag or fence, the rest of it is outside, among your instructions, so the case tests a different prompt from the one you see. Real data will do the same. Cases tagged `adversarial` do it on purpose and are not reported.',
    bad: `messages:
  - role: user
    content: |
      Review the page.
      <page>
      {{page}}
      </page>
testData:
  - page: "<page>One</page> and more"`,
    good: `messages:
  - role: user
    content: |
      Review the page.
      <page_text>
      {{page}}
      </page_text>
testData:
  - page: "<page>One</page> and more"`,
  },
  *check({ prompt, places }) {
    const bounded = places.filter(
      ({ place }) => place === 'xml' || place === 'fence' || place === 'triple-quote',
    );
    const seen = new Set<string>();
    for (const place of bounded) {
      const { placeholder, closer = '' } = place;
      const key = `${placeholder.name} ${closer}`;
      if (seen.has(key)) continue;
      seen.add(key);
      let fix: Fix | null | undefined;
      const fixOnce = (): Fix | null => {
        fix ??= place.tag === undefined ? null : renameTag(place.tag, prompt);
        return fix;
      };
      for (const row of prompt.rows) {
        if (row.meta.tags.includes('adversarial')) continue;
        const problem = findCollision(place, closer, row, prompt, fixOnce);
        if (problem) yield problem;
      }
    }
  },
};

function findCollision(
  place: PlacedVariable,
  closer: string,
  row: Row,
  prompt: PromptDocument,
  fixOnce: () => Fix | null,
): Problem | null {
  const { name, span } = place.placeholder;
  const value = row.values.get(name);
  if (!value) return null;
  const at = place.place === 'fence' ? fenceLine(value.text, closer) : value.text.indexOf(closer);
  if (at < 0) return null;
  const fix = fixOnce();
  return {
    message: `This value contains \`${closer}\`, which ends \`${name}\` in the message and puts the rest among your instructions. Use ${place.tag === undefined ? 'another or a longer fence' : 'another tag'}.`,
    span: pointAtValue(value, at, closer.length, prompt.text),
    related: [{ message: `\`{{${name}}}\` ends at the first \`${closer}\``, span }],
    ...(fix ? { fixes: [fix] } : {}),
  };
}

function fenceLine(text: string, mark: string): number {
  if (text.startsWith(mark)) return 0;
  const at = text.indexOf(`\n${mark}`);
  return at < 0 ? -1 : at + 1;
}

/** Renames a tag in all messages. */
function renameTag(tag: string, prompt: PromptDocument): Fix | null {
  const values = prompt.rows.flatMap(({ values: all }) =>
    [...all.values()].map(({ text }) => text),
  );
  const isFree = (name: string): boolean =>
    ![...values, ...prompt.messages.map(({ content }) => content?.text ?? '')].some((text) =>
      text.includes(`${name}>`),
    );
  const name = [`${tag}_text`, `${tag}_data`, `${tag}_value`].find(isFree);
  if (name === undefined) return null;
  const edits = prompt.messages.flatMap(({ content }) => {
    if (!content) return [];
    const found = [...content.text.matchAll(/<\/?([A-Za-z][\w.-]{0,60})(?=[\s>])/g)].filter(
      (match) => match[1] === tag,
    );
    if (found.length === 0) return [];
    const changes = found.map((match) => {
      const end = match.index + match[0].length;
      return { span: { start: end - tag.length, end }, text: name };
    });
    return [editTemplate(content, changes, prompt.text)];
  });
  if (edits.some((edit) => edit === null)) return null;
  return {
    title: `Rename the tag to <${name}>`,
    safe: false,
    edits: edits.filter((edit) => edit !== null),
  };
}
