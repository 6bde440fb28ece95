import type { Rule } from '../../lint/engine/rule.ts';
import { findPlaceholders } from '../../prompt/template.ts';
import { INJECTION } from '../security-tags.ts';
import { pointAtValue } from './row-values.ts';

export const placeholderInTestData: Rule = {
  id: 'placeholder-in-test-data',
  severity: 'info',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  summary: 'A test value contains a placeholder of its own row',
  docs: {
    why: 'Placeholders are filled in one pass: a `{{name}}` inside a value stays text. gh-models replaces one key after the other in random order, so there the value is sometimes filled again: with the target `gh-models` this is an error.',
    bad: `messages:
  - role: user
    content: "{{greeting}}"
testData:
  - greeting: "Hello {{name}}"
    name: Ada`,
    good: `messages:
  - role: user
    content: "{{greeting}}"
testData:
  - greeting: Hello Ada
    name: Ada`,
    unless: 'The case tests that such text is not replaced.',
  },
  *check({ prompt, settings }) {
    for (const { values } of prompt.rows) {
      for (const value of values.values()) {
        if (!value.text.includes('{{')) continue;
        for (const { name, start, end } of findPlaceholders(value.text, prompt.oddKeys)) {
          if (!values.has(name) || name === value.name) continue;
          const isRandom = settings.target === 'gh-models';
          yield {
            message: isRandom
              ? `gh-models fills \`{{${name}}}\` in this value at random. Write the text itself.`
              : `\`{{${name}}}\` is sent literally: placeholders in values are not filled. Write the text itself.`,
            span: pointAtValue(value, start, end - start, prompt.text),
            severity: isRandom ? 'error' : 'info',
          };
          break;
        }
      }
    }
  },
};
