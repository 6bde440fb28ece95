/** A prompt file with a bit of everything. */
export const SAMPLE = `name: Triage
model: openai/gpt-4o-mini
modelParameters:
  max_tokens: 50
  maxTokens: 80
  temperature: 0.2
variables:
  - name: ticket
    trust: untrusted
  - name: lang
    default: English
messages:
  - role: system
    content: Answer in {{lang}}.
  - role: user
    content: |
      Ticket:
      {{ticket}}
testData:
  - ticket: 1.50
    $case: { name: price, tags: [adversarial], must: true }
  - inputs: { ticket: [1, {a: null}] }
    expected: ~
evaluators:
  - name: short
    uses: promptsmith/not-length
    with: { max: 5 }
    weight: 0
  - regex: "a+"
  - type: regex_match
    pattern: b
  - name: s
    string: { equals: "{{ticket}}", contains: x }
`;
