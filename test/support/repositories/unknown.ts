import { type SampleRepository, systemPrompt, workflowOf } from './repository.ts';

/** Where the values of these repositories come from cannot be followed. */
export const unknownRepositories: readonly SampleRepository[] = [
  {
    name: 'a program of the repository prints the output',
    files: {
      'brief.prompt.yml': systemPrompt('facts'),
      '.github/workflows/brief.yml': workflowOf(
        'issues',
        `
      - id: collect
        env:
          BODY: \${{ github.event.issue.body }}
        run: |
          curl -s https://feeds.example.org > feed.xml
          echo "facts=$(node scripts/collect.mjs feed.xml)" >> "$GITHUB_OUTPUT"
      - uses: actions/ai-inference@v3
        with:
          prompt-file: brief.prompt.yml
          input: |
            facts: \${{ steps.collect.outputs.facts }}
`,
      ),
    },
    expected: ['hint untrusted-reaches-system in brief.prompt.yml:3'],
  },
  {
    name: 'an action of somebody else sets the output',
    files: {
      'files.prompt.yml': systemPrompt('changed'),
      '.github/workflows/files.yml': workflowOf(
        'pull_request',
        `
      - id: changed
        uses: acme/changed-parts@v4
        with:
          token: \${{ github.token }}
      - uses: actions/ai-inference@v3
        with:
          prompt-file: files.prompt.yml
          input: |
            changed: \${{ toJSON(steps.changed.outputs.all) }}
`,
      ),
    },
    expected: ['hint untrusted-reaches-system in files.prompt.yml:3'],
  },
  {
    name: 'a script in Python, and a value of another program by API',
    files: {
      'digest.prompt.yml': systemPrompt('digest'),
      '.github/workflows/digest.yml': workflowOf(
        'repository_dispatch',
        `
      - id: make
        shell: python
        run: |
          import os
          print("digest=" + os.environ["BODY"], file=open(os.environ["GITHUB_OUTPUT"], "a"))
      - uses: actions/ai-inference@v3
        with:
          prompt-file: digest.prompt.yml
          input: |
            digest: \${{ steps.make.outputs.digest || github.event.client_payload.digest }}
`,
      ),
    },
    expected: ['hint untrusted-reaches-system in digest.prompt.yml:3'],
  },
  {
    name: 'a workflow for callers in other repositories',
    files: {
      'shared.prompt.yml': systemPrompt('callers'),
      '.github/workflows/shared.yml': workflowOf(
        '\n  workflow_call:\n    inputs:\n      callers: { type: string }',
        `
      - uses: actions/ai-inference@v3
        with:
          prompt-file: shared.prompt.yml
          input: |
            callers: \${{ toJSON(inputs.callers) }}
      - uses: actions/ai-inference@v3
        with:
          prompt-file: prompts/of-the-caller.prompt.yml
`,
      ),
      '.github/workflows/broken.yml': 'on: [push\njobs:\n  - a.prompt.yml\n\t{{{\n',
    },
    expected: ['hint untrusted-reaches-system in shared.prompt.yml:3'],
  },
  {
    name: 'a file of another job, and the history of accepted changes, with an anchor',
    files: {
      'log.prompt.yml': systemPrompt('changes'),
      '.github/workflows/log.yml': `on: { push: { tags: ['v*'] } }
jobs:
  log:
    runs-on: ubuntu-latest
    steps:
      - &fetch
        uses: actions/download-artifact@v4
        with: { name: notes }
      - run: git log --format=%s > log.txt
      - uses: actions/ai-inference@v3
        with:
          prompt-file: log.prompt.yml
          file_input: |
            changes: log.txt
  again:
    runs-on: ubuntu-latest
    steps:
      - *fetch
      - uses: actions/ai-inference@v3
        with:
          prompt-file: log.prompt.yml
          file_input: 'changes: notes.txt'
`,
    },
    expected: ['hint untrusted-reaches-system in log.prompt.yml:3'],
  },
];
