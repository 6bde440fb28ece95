/** A prompt that uses `{{topic}}` in messages, rows, evaluators and a judge. The cursor `$0` is in the first one. */
export const MARKED_VARIABLES = `variables:
  - name: topic
    default: tea
  - name: "other"
messages:
  - role: user
    content: |
      😀 About {{to$0pic}} – e\u0301 {{topic}}
      and {{other}}
  - role: user
    content: "\\u0041 {{topic}}"
testData:
  - topic: a
    other: b
    $case: { evaluators: [{ name: x, string: { contains: '{{topic}}' } }] }
  - 'topic': "{{topic}} stays"
evaluators:
  - name: e
    llm:
      prompt: |
        {{completion}} about {{topic}}?
      choices: []
  - name: w
    uses: promptsmith/contains
    with: "{{topic}}"
`;

/** A prompt with several items under each list, comments, tags and links. */
export const OUTLINE = `# yaml-language-server: $schema=https://x.example/s.json
# second line
name: Weather
model: openai/gpt-4o
variables:
  - name: city
    description: Where
messages:
  - role: system
    content: |
      Be brief.
      <doc>
      {{city}} 😀 {{city}}
      </doc> <br>

  - role: user
    content: hi
testData:
  - $case: { name: north }
    city: Oslo
  - city: Rome
testFiles: [more.csv, "data/*.jsonl"]
evaluators:
  - name: short
    uses: promptsmith/length
`;

/** A prompt with one declared variable, two messages, three rows and two evaluators. */
export const WEATHER = `model: openai/gpt-4o-mini # fast
modelParameters:
  temperature: 0
variables:
  - name: city
    description: Where the user is.
    type: string
    trust: user
    default: Rome
messages:
  - role: system
    content: Be brief.
  - role: user
    content: |
      What is the weather in {{city}}?
testData:
  - city: Oslo
  - city: Rio de Janeiro
  - expected: x
evaluators:
  - name: short
    uses: promptsmith/not-regex
    with:
      value: a+
  - name: same
    string:
      equals: yes
`;
