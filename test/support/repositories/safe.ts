import { type SampleRepository, systemPrompt, workflowOf } from './repository.ts';

/** Nobody without rights in these repositories can write what reaches the model as an instruction. */
export const safeRepositories: readonly SampleRepository[] = [
  {
    name: 'a tag is written; a page that the script also loads is not',
    files: {
      'prompts/notes.prompt.yml': systemPrompt('facts'),
      '.github/workflows/release.yml': workflowOf(
        'push',
        `
      - uses: actions/checkout@v4
      - id: last
        run: |
          curl -sf https://status.example.org/feed > /dev/null
          TAG=$(git describe --tags --abbrev=0)
          echo "tag=$TAG" >> "$GITHUB_OUTPUT"
          echo "day=$(date +%F)" >> "$GITHUB_OUTPUT"
      - uses: actions/ai-inference@v3
        with:
          prompt-file: prompts/notes.prompt.yml
          input: |
            facts: "\${{ steps.last.outputs.tag }} of \${{ steps.last.outputs.day }}"
`,
      ),
    },
    expected: [],
  },
  {
    name: 'a maintainer types the topic, with Windows line ends',
    files: {
      'topic.prompt.yml': systemPrompt('topic'),
      '.github/workflows/write.yml': workflowOf(
        '\n  workflow_dispatch:\n    inputs:\n      topic: { type: string }',
        `
      - uses: actions/ai-inference@v3
        with:
          prompt-file: ./topic.prompt.yml
          input: |
            topic: \${{ toJSON(inputs.topic) }}
`,
      ).replaceAll('\n', '\r\n'),
    },
    expected: [],
  },
  {
    name: 'the number of the newest release is read from a page of third parties',
    files: {
      'upgrade.prompt.yaml': systemPrompt('version'),
      '.github/workflows/upgrade.yml': workflowOf(
        'schedule',
        `
      - id: newest
        run: |
          version=$(curl -s https://api.github.com/repos/acme/engine/releases/latest | jq -r .tag_name)
          {
            echo "version<<END"
            echo "$version"
            echo "END"
          } >> $GITHUB_OUTPUT
      - uses: actions/ai-inference@v3
        with:
          prompt-file: upgrade.prompt.yaml
          input: |
            version: \${{ steps.newest.outputs.version }}
`,
      ),
    },
    expected: [],
  },
  {
    name: 'a model with tools gets names and numbers only',
    files: {
      '.github/prompts/failure.prompt.yml': systemPrompt('run'),
      '.github/workflows/failure.yml': workflowOf(
        'workflow_run',
        `
      - uses: actions/ai-inference@v2
        with:
          prompt-file: .github/prompts/failure.prompt.yml
          enable-github-mcp: true
          input: |
            run: \${{ github.event.repository.name }} \${{ github.event.workflow_run.id }} \${{ github.event.workflow_run.head_sha }}
`,
      ),
    },
    expected: [],
  },
  {
    name: 'a reusable workflow is called with the name of the repository, in three languages',
    files: {
      'p/greet.prompt.yml': systemPrompt('whom'),
      '.github/workflows/greet.yml': `on:
  workflow_call:
    inputs:
      whom: { type: string }
jobs:
  greet:
    strategy:
      matrix:
        language: [de, fr, hi]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/ai-inference@v3
        with:
          prompt-file: p/greet.prompt.yml
          input: |
            whom: \${{ toJSON(inputs.whom) }}
            language: \${{ matrix.language }}
`,
      '.github/workflows/call.yml': `on: issues
jobs:
  call:
    uses: ./.github/workflows/greet.yml
    with:
      whom: \${{ github.repository }} #\${{ github.event.issue.number }}
`,
    },
    expected: [],
  },
  {
    name: 'the body of an issue is only asked what it contains',
    files: {
      'kind.prompt.yml': systemPrompt('kind'),
      '.github/workflows/kind.yml': workflowOf(
        'issues',
        `
      - uses: actions/ai-inference@v3
        env:
          KIND: \${{ contains(github.event.issue.body, 'stack trace') && 'bug' || github.event.issue.labels[0].name }}
        with:
          prompt-file: kind.prompt.yml
          input: |
            kind: \${{ env.KIND }}
`,
      ),
    },
    expected: [],
  },
  {
    name: 'a file that the workflow writes itself',
    files: {
      'report.prompt.yml': systemPrompt('numbers'),
      '.github/workflows/report.yml': workflowOf(
        'pull_request',
        `
      - run: |
          cat > "$RUNNER_TEMP/numbers.md" <<'EOF'
          It's a report of our own.
          EOF
          gh pr view 3 --json additions,deletions >> "$RUNNER_TEMP/numbers.md"
          git log -3 --format='%h %cI' | tee -a "$RUNNER_TEMP/numbers.md"
      - uses: actions/ai-inference@v3
        with:
          prompt-file: report.prompt.yml
          file_input: |
            numbers: \${{ runner.temp }}/numbers.md
`,
      ),
    },
    expected: [],
  },
];
