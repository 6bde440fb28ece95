import { test } from 'node:test';
import { unrunnableEvaluator } from '#core/rules/format/unrunnable-evaluator.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (evaluator: string) =>
  `messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: a\n${evaluator}`;

test('an evaluator without a kind', () => {
  checkRule(
    unrunnableEvaluator,
    `messages:
  - role: user
    content: Hello
evaluators:
  - name: later
    ^^^^ warning: This evaluator checks nothing. Add \`string\`, \`llm\` or \`uses\`
`,
  );
});

test('a string evaluator without a criterion, with a suggestion', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    string:
      isJSON: true
      ^^^^^^ 💡 Did you mean \`uses: promptsmith/is-json\`?
  - name: b
    string: { contain: a }
              ^^^^^^^ 💡 Did you mean \`contains\`?
  - name: c
    string:
      sounds: polite
      ^^^^^^ \`sounds\` is not a criterion, so this evaluator checks nothing
  - name: d
    string: {}
    ^^^^^^ This evaluator checks nothing. Use \`equals\`, \`contains\`, \`startsWith\` or \`endsWith\`
`),
  );
});

test('an invalid JSONPath', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    uses: promptsmith/json-path
    with: items[0]
    ^^^^ \`path\` is not a valid JSONPath
  - name: b
    uses: promptsmith/json-path
    with: $.items[0]
`),
  );
});

test('criteria that are kinds are rewritten as that kind', () => {
  checkFix(
    unrunnableEvaluator,
    file('    string:\n      isJSON: true\n    weight: 2\n'),
    file('    uses: promptsmith/is-json\n    weight: 2\n'),
    { safe: false },
  );
  checkFix(
    unrunnableEvaluator,
    file('    string:\n      notContains: "sorry" # never\n'),
    file('    uses: promptsmith/not-icontains\n    with: "sorry" # never\n'),
    { safe: false },
  );
  checkFix(
    unrunnableEvaluator,
    file('    string: { start_with: A }\n'),
    file('    string: { startsWith: A }\n'),
    {
      safe: false,
    },
  );
});

test('an entry in braces gets no fix of several lines', () => {
  checkRule(
    unrunnableEvaluator,
    `messages:
  - role: user
    content: Hello
evaluators:
  - { name: a, string: { notContains: b } }
                         ^^^^^^^^^^^ Did you mean
`,
  );
});

test('a judge without a question or without choices', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    llm:
    ^^^ This judge cannot run. Add a \`prompt\`
      choices: [{ choice: a, score: 1 }]
  - name: b
    llm: { prompt: "{{completion}}?" }
    ^^^ This judge cannot run. Add \`choices\`, each with \`choice\` and \`score\`
`),
  );
});

test('unknown kinds, with the most similar one', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    uses: promptsmith/contians
          ^^^^^^^^^^^^^^^^^^^^ 💡 Did you mean \`uses: promptsmith/contains\`?
  - name: b
    uses: github/simlarity
          ^^^^^^^^^^^^^^^^ 💡 \`uses: github/similarity\`
  - name: c
    uses: promptsmith/not-regexp
          ^^^^^^^^^^^^^^^^^^^^^^ 💡 \`uses: promptsmith/not-regex\`
  - name: d
    uses: contains_any
          ^^^^^^^^^^^^ 💡 \`uses: promptsmith/contains-any\`
  - name: e
    type: code_quality
          ^^^^^^^^^^^^ Unknown evaluator \`type: code_quality\` checks nothing
`),
  );
  checkFix(
    unrunnableEvaluator,
    file("    uses: 'github/simlarity'\n"),
    file("    uses: 'github/similarity'\n"),
    { safe: false },
  );
});

test('arguments that are invalid for every row', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    uses: promptsmith/regex
    with: "(["
    ^^^^ \`promptsmith/regex\` cannot run: Invalid regular expression
  - name: b
    uses: promptsmith/length
    with: { max: many }
    ^^^^ must be a
  - name: c
    uses: promptsmith/contains
    with: { vlaue: a }
    ^^^^ unknown parameter \`vlaue\`
  - name: d
    uses: promptsmith/is-json
    with: { schema: { type: strng } }
    ^^^^ did you mean \`string\`
  - name: e
    uses: promptsmith/cost
    ^^^^ \`with\` needs \`threshold\`
  - name: f
    type: regex
    ^^^^ cannot run
    pattern: "("
`),
  );
});

test('a transform that does not exist', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    uses: promptsmith/contains
    with: a
    transform: upper
               ^^^^^ The transform cannot run: unknown transform
`),
  );
});

test('two kinds in one entry', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    string: { contains: a }
    uses: github/fluency
    ^^^^ This evaluator runs only \`string\`. Move \`uses\` to its own entry
`),
  );
});

test('a row’s own evaluators are checked too', () => {
  checkRule(
    unrunnableEvaluator,
    `messages:
  - role: user
    content: "{{a}}"
testData:
  - a: 1
    $case:
      evaluators:
        - uses: promptsmith/nothing-like-this
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Unknown evaluator \`uses: promptsmith/nothing-like-this\` checks nothing
`,
  );
});

test('everything that can run is fine: base kinds, aliases, templated arguments, values from expected', () => {
  checkRule(
    unrunnableEvaluator,
    file(`    string: { contains: a, endsWith: b }
  - uses: github/groundedness
  - uses: promptsmith/not-icontains-any
    with: [a, b]
  - uses: promptsmith/icontains
  - uses: promptsmith/numeric
    with: { value: "{{n}}", tolerance: "{{n}}" }
  - uses: promptsmith/levenshtein
    threshold: 3
  - uses: promptsmith/cost
    threshold: 0.1
  - uses: promptsmith/equals
    with: { value: { a: 1 } }
  - regex: "a+"
  - type: regex_match
    value: "a+"
  - uses: promptsmith/contains
    with: a
    transform: json:items[0].name
  - llm:
      modelId: openai/gpt-4o
      prompt: "{{completion}}?"
      choices: [{ choice: a, score: 1 }]
`),
  );
});

test('entries of the wrong type are reported by the rule `schema`', () => {
  checkRule(
    unrunnableEvaluator,
    'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - a\n  -\n  - string: a\n',
  );
});

test('flags at the head of a pattern have a fix', () => {
  const file = (rest: string) =>
    `messages:\n  - role: user\n    content: Hi\nevaluators:\n  - name: yes\n    uses: promptsmith/regex\n    ${rest}\n`;
  checkRule(
    unrunnableEvaluator,
    `messages:
  - role: user
    content: Hi
evaluators:
  - name: yes
    uses: promptsmith/full-match
    with: (?is)yes.*
    ^^^^ 💡 warning: \`(?is)\` is not part of JavaScript’s patterns. Write it as \`flags: is\`
`,
  );
  const fix = (before: string, after: string) =>
    checkFix(unrunnableEvaluator, file(before), file(after), { safe: false });
  fix('with: "(?i)\\\\d yes" # any', 'with: { value: "\\\\d yes", flags: i } # any');
  fix("with: '(?i)it''s'", "with: { value: 'it''s', flags: i }");
  fix("with: { value: '(?i)yes', flags: s }", "with: { value: 'yes', flags: si }");
  fix("with:\n      value: '(?s)yes'", "with:\n      value: 'yes'\n      flags: s");
});

test('other patterns that cannot run get no such fix', () => {
  const file = (pattern: string) =>
    `messages:
  - role: user
    content: Hi
evaluators:
  - name: yes
    uses: promptsmith/regex
    with: '${pattern}'
    ^^^^ warning: cannot run
`;
  for (const pattern of ['(?x)a', 'a(?i)b', '(?P<a>b)'])
    checkRule(unrunnableEvaluator, file(pattern));
});
