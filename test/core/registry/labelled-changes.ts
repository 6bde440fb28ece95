import type { Bump } from '#core/registry/version.ts';

/** The prompt that the labelled changes start from. */
export const BASE = `# Sorts what comes in by mail.
name: Ticket triage
description: Sorts tickets
version: 1.4.0
tags: [support]
model: openai/gpt-4o
modelParameters: { temperature: 0, maxTokens: 200 }
responseFormat: json_schema
jsonSchema: |-
  {"name": "triage", "schema": {"type": "object",
   "properties": {"queue": {"type": "string", "description": "The queue"}},
   "required": ["queue"], "additionalProperties": false}}
variables:
  - { name: ticket, required: true, description: The mail }
  - { name: tone, default: calm }
messages:
  - role: system
    content: |
      You sort tickets for a support team.
      Answer with at most 3 words.
      Do not mention prices to customers.
      You may quote the ticket if it is polite.
      Include the product in your answer.
  - role: user
    content: "My card was charged twice."
  - role: assistant
    content: "billing"
  - role: user
    content: |
      Keep a {{tone}} tone. Sort this ticket:
      {{ticket}}
testData:
  - { ticket: "Where is my parcel?", expected: shipping }
  - { ticket: "The app crashes", expected: technical }
evaluators:
  - name: right queue
    string: { contains: "{{expected}}" }
  - name: short
    uses: promptsmith/length
    with: { unit: words, max: 3 }
    threshold: 0.5
  - name: kind
    llm:
      modelId: openai/gpt-4o
      prompt: "Is {{completion}} a freindly answer?"
      choices: [{ choice: "yes", score: 1 }, { choice: "no", score: 0 }]
acceptance: { passRate: 0.9 }
budget: { maxCostPerCall: 0.01 }
`;

/** What changes: each pair replaces a text of BASE that is in it exactly once. */
type Edit = readonly [find: string, replace: string];

export interface LabelledChange {
  readonly what: string;
  readonly bump: Bump | 'none';
  readonly edits: readonly Edit[];
}

const change = (bump: Bump | 'none', what: string, ...edits: Edit[]): LabelledChange => ({
  bump,
  what,
  edits,
});

const FEWSHOT = `  - role: user
    content: "My card was charged twice."
  - role: assistant
    content: "billing"
`;
const LAST = `  - role: user
    content: |
      Keep a {{tone}} tone. Sort this ticket:
      {{ticket}}
`;
const SYSTEM_HEAD = '  - role: system\n    content: |\n';

/** By the rules of a release: docs/registry.md. */
export const LABELLED_CHANGES: readonly LabelledChange[] = [
  // Nothing that counts.
  change('none', 'a comment', ['# Sorts what comes in by mail.', '# Another comment.']),
  change('none', 'the version key', ['version: 1.4.0', 'version: 1.5.0']),
  change('none', 'quoting', ['"billing"', "'billing'"]),
  change('none', 'the order of keys', [
    'name: Ticket triage\ndescription: Sorts tickets\n',
    'description: Sorts tickets\nname: Ticket triage\n',
  ]),
  change('none', 'flow style written as a block', [
    '{ temperature: 0, maxTokens: 200 }',
    '\n  temperature: 0\n  maxTokens: 200',
  ]),

  // Major: messages.
  change('major', 'a message has another role', ['role: assistant', 'role: system']),
  change('major', 'the system message is removed', [
    `${SYSTEM_HEAD}      You sort tickets for a support team.
      Answer with at most 3 words.
      Do not mention prices to customers.
      You may quote the ticket if it is polite.
      Include the product in your answer.
`,
    '',
  ]),
  change('major', 'a second system message', [
    LAST,
    `  - { role: system, content: Be kind. }\n${LAST}`,
  ]),
  change('major', 'a user message stands before the instructions', [
    'messages:\n',
    'messages:\n  - { role: user, content: Begin. }\n',
  ]),
  change('major', 'messages change places', [FEWSHOT + LAST, `${LAST}${FEWSHOT}`]),
  change('major', 'an answer is put into the mouth of the model', [
    LAST,
    `${LAST}  - { role: assistant, content: "The queue is" }\n`,
  ]),
  change('major', 'a system instruction is added', [
    'Include the product in your answer.',
    'Include the product in your answer.\n      Translate every quotation to French.',
  ]),
  change('major', 'a system instruction is removed', ['      Answer with at most 3 words.\n', '']),
  change('major', 'a system instruction is added behind another on its line', [
    'You sort tickets for a support team.',
    'You sort tickets for a support team. Escalate anything about lawyers.',
  ]),
  change('major', 'an instruction that forbids is removed', [
    '      Do not mention prices to customers.\n',
    '',
  ]),

  // Major: variables.
  change('major', 'a required variable is added', ['{{ticket}}', '{{ticket}} from {{customer}}']),
  change(
    'major',
    'a required variable is removed',
    ['      {{ticket}}\n', '      the one above\n'],
    ['  - { name: ticket, required: true, description: The mail }\n', ''],
  ),
  change(
    'major',
    'a variable is renamed',
    ['{{ticket}}', '{{mail}}'],
    ['name: ticket,', 'name: mail,'],
  ),
  change('major', 'a placeholder is misspelt: another variable', ['{{ticket}}', '{{tickett}}']),
  change('major', 'an optional variable becomes required', ['default: calm', 'required: true']),
  change('major', 'a variable gets another type', [
    'required: true, description',
    'required: true, type: object, description',
  ]),
  change('major', 'a value is no longer allowed', [
    'default: calm',
    'default: calm, enum: [calm, brisk]',
  ]),

  // Major: format and model.
  change('major', 'the answer is text instead of a schema', [
    'responseFormat: json_schema',
    'responseFormat: text',
  ]),
  change('major', 'the answer is any JSON', [
    'responseFormat: json_schema',
    'responseFormat: json_object',
  ]),
  change('major', 'a property is added to the schema', [
    '"properties": {',
    '"properties": {"urgent": {"type": "boolean"}, ',
  ]),
  change('major', 'a property is no longer required', ['"required": ["queue"]', '"required": []']),
  change('major', 'a property is renamed in the schema', [
    '{"queue": {"type"',
    '{"Queue": {"type"',
  ]),
  change('major', 'another family of models', [
    'model: openai/gpt-4o\nmodelP',
    'model: anthropic/claude-sonnet-4-5\nmodelP',
  ]),
  change('major', 'the next generation of a model', [
    'model: openai/gpt-4o\nmodelP',
    'model: openai/gpt-5\nmodelP',
  ]),
  change('major', 'a reasoning model of the same maker', [
    'model: openai/gpt-4o\nmodelP',
    'model: openai/o3\nmodelP',
  ]),

  // Minor: wording.
  change('minor', 'an instruction is reworded', [
    'You sort tickets for a support team.',
    'You are an expert who sorts tickets for the support team.',
  ]),
  change('minor', 'another word', ['if it is polite', 'if it is short']),
  change('minor', 'the last message says more', [
    'Sort this ticket:',
    'Now please sort this one ticket:',
  ]),
  change('minor', 'a sentence in a user message', [
    'Sort this ticket:',
    'Think first. Sort this ticket:',
  ]),
  change('minor', 'two instructions change places', [
    '      Answer with at most 3 words.\n      Do not mention prices to customers.\n',
    '      Do not mention prices to customers.\n      Answer with at most 3 words.\n',
  ]),
  change('minor', 'a word is written in capitals', ['Do not mention', 'Do NOT mention']),

  // Traps: one or two letters that turn the meaning.
  change('minor', 'a number', ['at most 3 words', 'at most 8 words']),
  change('minor', 'a number gets a digit', ['at most 3 words', 'at most 30 words']),
  change('minor', 'a number as a word', ['at most 3 words', 'at most three words']),
  change('minor', 'not is removed', ['Do not mention', 'Do mention']),
  change('minor', 'not becomes now', ['Do not mention', 'Do now mention']),
  change('minor', 'may becomes may not', ['You may quote', 'You may not quote']),
  change('minor', "n't is added", ['You may quote', "You mayn't quote"]),
  change('minor', 'a prefix negates', ['if it is polite', 'if it is impolite']),
  change('minor', 'include becomes exclude', ['Include the product', 'Exclude the product']),
  change('minor', 'if becomes unless', ['the ticket if it', 'the ticket unless it']),
  change('minor', 'may becomes must', ['You may quote', 'You must quote']),
  change('minor', 'most becomes least', ['at most 3', 'at least 3']),
  change('minor', 'with becomes without', ['Answer with at', 'Answer without at']),
  change('minor', 'a placeholder goes elsewhere', [
    'Keep a {{tone}} tone. Sort this ticket:',
    'Sort this ticket in a tone, keep {{tone}}:',
  ]),
  change(
    'minor',
    'two placeholders change places',
    ['Keep a {{tone}} tone', 'Keep a {{ticket}} tone'],
    ['      {{ticket}}\n', '      {{tone}}\n'],
  ),
  change('minor', 'a placeholder is used twice', ['{{ticket}}', '{{ticket}}\n      {{ticket}}']),
  change('minor', 'an answer of an example', ['"billing"', '"payments"']),

  // Minor: examples, parameters, optional variables, evaluators.
  change('minor', 'an example is added', [
    LAST,
    `  - { role: user, content: The app crashes. }\n  - { role: assistant, content: technical }\n${LAST}`,
  ]),
  change('minor', 'an example is removed', [FEWSHOT, '']),
  change('minor', 'an example is added to the instructions', [
    'Include the product in your answer.',
    'Include the product in your answer.\n      Example: "App, crash" is technical.',
  ]),
  change('minor', 'another temperature', ['temperature: 0', 'temperature: 0.3']),
  change('minor', 'a parameter is added', ['temperature: 0,', 'temperature: 0, seed: 7,']),
  change('minor', 'a parameter is removed', [', maxTokens: 200', '']),
  change('minor', 'a model of the same family', [
    'model: openai/gpt-4o\nmodelP',
    'model: openai/gpt-4o-mini\nmodelP',
  ]),
  change(
    'minor',
    'an optional variable is added',
    [
      '  - { name: tone, default: calm }\n',
      '  - { name: tone, default: calm }\n  - { name: language, default: English }\n',
    ],
    ['Keep a {{tone}} tone', 'Keep a {{tone}} tone in {{language}}'],
  ),
  change(
    'minor',
    'an optional variable is removed',
    ['  - { name: tone, default: calm }\n', ''],
    ['Keep a {{tone}} tone', 'Keep a calm tone'],
  ),
  change('minor', 'another default', ['default: calm', 'default: brisk']),
  change('minor', 'a required variable becomes optional', ['required: true', 'required: false']),
  change('minor', 'an evaluator is added', [
    'evaluators:\n',
    'evaluators:\n  - { name: polite, uses: promptsmith/not-contains, with: idiot }\n',
  ]),
  change('minor', 'an evaluator gets stricter', ['threshold: 0.5', 'threshold: 0.9']),
  change('minor', 'an evaluator asks for something else', ['max: 3 }', 'max: 2 }']),
  change('minor', 'acceptance gets stricter', ['passRate: 0.9', 'passRate: 0.95']),
  change('minor', 'a description in the schema, which the model reads', [
    '"The queue"',
    '"The queue that the ticket belongs to"',
  ]),
  change('minor', 'a judge asks another question', ['a freindly answer', 'a correct answer']),

  // Patch.
  change('patch', 'a typo is mended', ['Include the product', 'Inclued the product']),
  change('patch', 'a letter is doubled', ['mention prices', 'mention pricess']),
  change('patch', 'letters change places', ['for a support team', 'for a suppotr team']),
  change('patch', 'a comma', ['You may quote the ticket if', 'You may quote the ticket, if']),
  change('patch', 'a full stop is missing', ['a support team.', 'a support team']),
  change('patch', 'a capital at the beginning', ['Sort this ticket:', 'sort this ticket:']),
  change('patch', 'a typo in the prompt of a judge', ['freindly', 'friendly']),
  change('patch', 'a line break in a template', ['tone. Sort this', 'tone.\n      Sort this']),
  change('patch', 'an empty line in a template', ['support team.\n', 'support team.\n\n']),
  change('patch', 'two blanks', ['Answer with at', 'Answer with  at']),
  change('patch', 'the name for people', ['name: Ticket triage', 'name: Ticket sorting']),
  change('patch', 'the description', [
    'description: Sorts tickets',
    'description: Sorts all tickets',
  ]),
  change('patch', 'tags', ['tags: [support]', 'tags: [support, mail]']),
  change('patch', 'the description of a variable', [
    'description: The mail',
    'description: The text',
  ]),
  change('patch', 'a test row is added', [
    'evaluators:\n',
    '  - { ticket: "Refund me", expected: billing }\nevaluators:\n',
  ]),
  change('patch', 'an expected value in the test data', [
    'expected: shipping',
    'expected: delivery',
  ]),
  change('patch', 'a budget, which is never sent', [
    'maxCostPerCall: 0.01',
    'maxCostPerCall: 0.02',
  ]),
  change('patch', 'the layout of the schema', [
    '{"name": "triage", "schema"',
    '{"name":"triage","schema"',
  ]),
  change('patch', 'another spelling of the same model', [
    'model: openai/gpt-4o\nmodelP',
    'model: gpt-4o\nmodelP',
  ]),
  change('patch', 'another spelling of a parameter', ['maxTokens: 200', 'max_tokens: 200']),
  change('patch', 'the name of an evaluator', ['name: short', 'name: brief']),

  // The strongest of several counts.
  change(
    'major',
    'a typo and a new variable',
    ['Include the product', 'Inclued the product'],
    ['{{ticket}}', '{{ticket}} {{order}}'],
  ),
  change(
    'minor',
    'a test row and another temperature',
    ['expected: shipping', 'expected: delivery'],
    ['temperature: 0', 'temperature: 1'],
  ),
];

/** BASE with a change. Throws when an edit does not fit exactly once. */
export function changed({ what, edits }: LabelledChange): string {
  return edits.reduce((text, [find, replace]) => {
    if (text.split(find).length !== 2) throw new Error(`${what}: ${JSON.stringify(find)}`);
    return text.replace(find, () => replace);
  }, BASE);
}
