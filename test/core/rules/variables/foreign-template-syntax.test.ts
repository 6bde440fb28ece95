import { test } from 'node:test';
import { foreignTemplateSyntax } from '#core/rules/variables/foreign-template-syntax.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const message = (content: string) => `messages:\n  - role: user\n    content: '${content}'\n`;
const marked = (content: string, marks: string) => message(content) + marks;
const rows = 'testData:\n  - name: a\n    text: b\n';

test('spaces, filters, blocks, tags, partials and a third brace', () => {
  checkRule(
    foreignTemplateSyntax,
    `messages:
  - role: user
    content: |
      Hello {{ name }}, {{name | upper}}!
            ^^^^^^^^^^ 💡 warning: \`{{ name }}\` is sent literally, because placeholders have no spaces next to the braces. Use \`{{name}}\`
                        ^^^^^^^^^^^^^^^^ 💡 warning: \`{{name | upper}}\` is sent literally, because filters are not supported
      {{#if text}}{{text}}{{/if}} {{> footer}}
      ^^^^^^^^^^^^ warning: \`{{#if text}}\` is sent literally, because conditions and loops are not supported
                                  ^^^^^^^^^^^^ warning: \`{{> footer}}\` is sent literally, because includes are not supported
      {% if text %}{{text}}{% endif %}
      ^^^^^^^^^^^^^ warning: \`{% if text %}\` is sent literally, because conditions and loops are not supported
      {{{text}}}
      ^^^^^^^^^^ 💡 warning: sent with braces around it
`,
  );
});

test('names of any script; a key of a row or a test file may look like anything', () => {
  checkRule(
    foreignTemplateSyntax,
    `messages:
  - role: user
    content: |
      {{größe}} {{Standard Question}} {{Size (cm)}} {{File no.?}} {{ größe }} {{Size (mm)}}
                                                                  ^^^^^^^^^^^ 💡 warning: \`{{ größe }}\` is sent literally
                                                                              ^^^^^^^^^^^^^ warning: \`{{Size (mm)}}\` is sent literally, because no test row and no declaration has that key
      {{if größe}} {größe, x} {Standard Question} \`{{Size (in)}}\` $x_{{a b, c}}$
      ^^^^^^^^^^^^ warning: conditions and loops are not supported
testData:
  - größe: 1
    Standard Question: x
    Size (cm): 2
`,
    { facts: { testFileKeys: new Set(['File no.?']) } },
  );
  checkRule(foreignTemplateSyntax, message('{{Size (mm)}}'));
});

test('{x} only if a row or a declaration has that very name, and nothing else uses it', () => {
  checkRule(
    foreignTemplateSyntax,
    marked(
      'Hello {name}',
      `                    ^^^^^^ 💡 warning: \`{name}\` is sent literally, although \`name\` has a value. Use \`{{name}}\`\n${rows}`,
    ),
  );
  checkRule(
    foreignTemplateSyntax,
    `variables: [{ name: topic }]\n${message('About {topic}')}                    ^^^^^^^ 💡\n`,
  );
  checkRule(foreignTemplateSyntax, message('Hello {name}'));
  checkRule(
    foreignTemplateSyntax,
    `${message('Hello {{name}}, answer with "Dear {name}"')}${rows}`,
  );
});

test('each is reported once, and its fix changes all occurrences in a text', () => {
  checkFix(
    foreignTemplateSyntax,
    message('{{ name }} and {{ name }}') + rows,
    message('{{name}} and {{name}}') + rows,
    { safe: false },
  );
  checkFix(foreignTemplateSyntax, message('{name}') + rows, message('{{name}}') + rows, {
    safe: false,
  });
  checkFix(foreignTemplateSyntax, message('{{{name}}}'), message('{{name}}'), { safe: false });
});

test('criteria and judges count, arguments of kinds do not', () => {
  checkRule(
    foreignTemplateSyntax,
    `${message('Hello')}${rows}evaluators:
  - string: { contains: "{{ text }}" }
                         ^^^^^^^^^^ 💡
  - uses: promptsmith/regex
    with: "^[a-z]{ 2 }{text}{{ text }}"
`,
  );
});

test('braces of JSON, code, formulas and formats are not reported', () => {
  for (const content of [
    '{"name": {"text": 1}}',
    '{{"name": "text"}}',
    'f{name} \\frac{name}{text} x^{name} ${name} #{name} %{name}',
    '${{ github.event.issue.body }}',
    'function () { return { name } }',
    '{name, text}',
    '{ name }',
    '{{.Values.name}} {{ .Values.name }}',
    '{{}} {} {{ }} { {n} }',
    'Use `{{ value }}` and `{% if x %}` in Vue and Jinja',
    'Sets like {1, 2} and {a}',
  ])
    checkRule(foreignTemplateSyntax, `${message(content)}${rows}`);
});

test('in a fence, only names that a row defines are reported', () => {
  const fence = (line: string) =>
    `messages:\n  - role: user\n    content: |\n      \`\`\`html\n      ${line}\n      \`\`\`\n`;
  checkRule(foreignTemplateSyntax, fence('<p>{{ title }}</p>{% for x in y %}'));
  checkRule(
    foreignTemplateSyntax,
    `${fence('{{ text }}')}${rows}`.replace('      ```\n', '      ^^^^^^^^^^ 💡\n      ```\n'),
  );
});

test('a placeholder is not foreign syntax, dots and dashes included', () => {
  checkRule(foreignTemplateSyntax, message('{{name}} {{a.b}} {{a-b}} {{else}} {{name}}}'));
});
