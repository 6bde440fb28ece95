import { test } from 'node:test';
import { unknownTag } from '#core/rules/format/unknown-tag.ts';
import { checkRule } from '../../../support/caret.ts';

test('tags that YAML does not have: an error in messages, else a warning', () => {
  checkRule(
    unknownTag,
    `model: !env MODEL
       ^^^^ warning: \`!env\` has no meaning here: what follows it is used as it stands
messages:
  - role: system
    content: !include ./rules.md
             ^^^^^^^^ error: The model gets that text
  - !Ref shared
    ^^^^ error:
  - role: user
    content: !file |
             ^^^^^ error:
      page.md
testData:
  - a: !!python/name x
       ^^^^^^^^^^^^^ warning:
    b: !x [1, 2]
       ^^ warning:
`,
  );
});

test('no finding for tags of YAML itself, nor for an exclamation mark in a text', () => {
  checkRule(
    unknownTag,
    `messages:
  - role: user
    content: !!str 12
  - role: user
    content: Stop !now and "!include" too
  - role: user
    content: |
      !include ./rules.md
testData:
  - a: !!int "3"
    b: ! text
    c: !!seq [1]
`,
  );
});
