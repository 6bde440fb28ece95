import { type SampleRepository, systemPrompt, userPrompt, workflowOf } from './repository.ts';

/** Whoever opens an issue or a pull request can steer the models of these repositories, or a step fails. */
export const unsafeRepositories: readonly SampleRepository[] = [
  {
    name: 'an issue goes through a variable and an output of several lines',
    files: {
      'triage.prompt.yml': systemPrompt('facts'),
      '.github/workflows/triage.yml': workflowOf(
        'issues',
        `
      - id: read
        env:
          BODY: \${{ github.event.issue.body }}
        run: |
          {
            echo 'text<<STOP'
            printf '%s\\n' "$BODY"
            echo 'STOP'
          } >> "$GITHUB_OUTPUT"
      - uses: actions/ai-inference@v3
        with:
          prompt-file: triage.prompt.yml
          input: |
            facts: \${{ toJSON(steps.read.outputs.text) }}
`,
      ),
    },
    expected: ['error untrusted-reaches-system in triage.prompt.yml:3'],
  },
  {
    name: 'the diff of a pull request is a file',
    files: {
      'p/review.prompt.yml': systemPrompt('patch'),
      '.github/workflows/review.yml': workflowOf(
        'pull_request_target',
        `
      - run: gh pr diff "$NUMBER" | head -c 40000 > out/pr.diff
      - uses: actions/ai-inference@v3
        with:
          prompt-file: p/review.prompt.yml
          file_input: |
            patch: ./out/pr.diff
`,
      ),
    },
    expected: ['warning untrusted-reaches-system in p/review.prompt.yml:3'],
  },
  {
    name: 'gh models run gets a comment as a variable',
    files: {
      'tools/reply.prompt.yml': systemPrompt('comment'),
      '.github/workflows/reply.yml': workflowOf(
        'issue_comment',
        `
      - working-directory: tools
        run: |
          gh extension install github/gh-models
          gh models run --file reply.prompt.yml \\
            --var comment="\${{ github.event.comment.body }}" > answer.md
`,
      ),
    },
    expected: ['error untrusted-reaches-system in tools/reply.prompt.yml:3'],
  },
  {
    name: 'a composite action passes a title on',
    files: {
      'p/label.prompt.yml': systemPrompt('subject'),
      '.github/actions/label/action.yml': `inputs:
  subject: { required: true }
runs:
  using: composite
  steps:
    - uses: actions/ai-inference@v3
      with:
        prompt-file: p/label.prompt.yml
        input: |
          subject: \${{ toJSON(inputs.subject) }}
`,
      '.github/workflows/label.yml': workflowOf(
        'pull_request_target',
        `
      - uses: actions/checkout@v4
      - uses: ./.github/actions/label
        with:
          subject: \${{ github.event.pull_request.title }}
`,
      ),
    },
    expected: ['error untrusted-reaches-system in p/label.prompt.yml:3'],
  },
  {
    name: 'a reusable workflow gives tools to a model that reads what its caller passes',
    files: {
      'answer.prompt.yml': userPrompt('question'),
      '.github/workflows/answer.yml': `on:
  workflow_call:
    inputs:
      question: { type: string }
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: answer.prompt.yml
          enable-github-mcp: true
          input: |
            question: \${{ toJSON(inputs.question) }}
`,
      '.github/workflows/ask.yml': `on: discussion
jobs:
  ask:
    uses: ./.github/workflows/answer.yml
    with:
      question: \${{ github.event.discussion.body }}
`,
    },
    expected: ['error tools-with-untrusted-input in .github/workflows/answer.yml:12'],
  },
  {
    name: 'one model reads an issue and its answer instructs the next one',
    files: {
      'next.prompt.yml': systemPrompt('plan'),
      '.github/workflows/plan.yml': workflowOf(
        'issues',
        `
      - id: first
        uses: actions/ai-inference@v3
        with:
          prompt: Plan what \${{ github.event.issue.title }} needs.
      - uses: actions/ai-inference@v3
        with:
          prompt-file: next.prompt.yml
          file_input: |
            plan: \${{ steps.first.outputs.response-file }}
`,
      ),
    },
    expected: ['error untrusted-reaches-system in next.prompt.yml:3'],
  },
  {
    name: 'a prompt was moved, and its workflow was not told',
    files: {
      '.github/prompts/changes.prompt.yml': userPrompt('log'),
      '.github/workflows/changes.yml': workflowOf(
        'push',
        `
      - run: gh models eval .github/models/changes.prompt.yml
`,
      ),
    },
    expected: ['error missing-prompt-file in .github/workflows/changes.yml:6'],
  },
  {
    name: 'a prompt in the workflow, and a value that becomes YAML',
    files: {
      'label.prompt.yml': userPrompt('issue'),
      '.github/workflows/label.yml': workflowOf(
        'issues',
        `
      - uses: actions/ai-inference@v3
        with:
          prompt-file: label.prompt.yml
          input: |
            issue: \${{ github.event.issue.body }}
      - uses: actions/ai-inference@v3
        with:
          system-prompt: Answer \${{ github.event.issue.user.login }}, who asks \${{ github.event.issue.title }}
          prompt: What does the repository say about it?
          enable-github-mcp: true
`,
      ),
    },
    expected: [
      'error tools-with-untrusted-input in .github/workflows/label.yml:15',
      'error untrusted-reaches-system in .github/workflows/label.yml:13',
      'warning expression-in-yaml-input in .github/workflows/label.yml:10',
    ],
  },
];
