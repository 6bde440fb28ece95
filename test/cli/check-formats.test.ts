import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { sarifErrors } from '#test/support/sarif.ts';
import { root } from '../../scripts/process.mjs';

const PROMPT = `name: T
description: D
modelParameters:
  max_tokens: 50
messages:
  - role: system
    content: "Known: {{facts}}"
  - role: user
    # promptsmith-disable-next-line foreign-template-syntax -- the next tool fills it in
    content: "Hi {{ who }}"
`;
const WORKFLOW = `on: issues
jobs:
  a:
    steps:
      - uses: actions/ai-inference@v1
        with:
          prompt-file: p/a b.prompt.yaml
          input: |
            facts: \${{ github.event.issue.body }}
`;
const FILES = {
  '.git/HEAD': '',
  '.github/workflows/w.yml': WORKFLOW,
  'p/a b.prompt.yaml': PROMPT,
};

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [{ physicalLocation: Place }];
  readonly relatedLocations?: readonly { physicalLocation: Place }[];
  readonly codeFlows?: readonly [
    { threadFlows: readonly [{ locations: readonly { location: { physicalLocation: Place } }[] }] },
  ];
  readonly fixes?: readonly {
    artifactChanges: readonly [{ replacements: readonly object[] }];
  }[];
  readonly suppressions?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}
interface Place {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number; readonly startColumn: number };
}

async function sarif(cwd: string, ...args: string[]) {
  const { stdout, stderr } = await promptsmith(['check', '--format', 'sarif', ...args], { cwd });
  assert.notEqual(stdout, '', stderr);
  const log = JSON.parse(stdout);
  assert.deepEqual(sarifErrors(log), []);
  const [run] = log.runs;
  const results = run.results as Result[];
  return { log, run, results, of: (id: string) => results.find(({ ruleId }) => ruleId === id) };
}

const at = ({ artifactLocation, region }: Place): string =>
  `${artifactLocation.uri}:${region.startLine}:${region.startColumn}`;

test('sarif: valid, with rules that teach and places that GitHub can show', async (t) => {
  const cwd = await folderWith(t, FILES);
  const { log, run, results, of } = await sarif(cwd);
  assert.equal(log.version, '2.1.0');
  const { driver } = run.tool;
  for (const { ruleId, ruleIndex } of results) assert.equal(driver.rules[ruleIndex].id, ruleId);
  const reaches = of('untrusted-reaches-system');
  const rule = driver.rules[reaches?.ruleIndex ?? -1];
  assert.match(rule.help.markdown, /^# untrusted-reaches-system\n[\s\S]*## Fixed/);
  assert.equal(rule.properties.precision, 'high');
  assert.equal(rule.properties['security-severity'], '8.0');
  assert.ok(rule.properties.tags.includes('external/cwe/cwe-1427'));
  assert.equal(reaches?.level, 'error');
  assert.equal(at(reaches.locations[0].physicalLocation), 'p/a%20b.prompt.yaml:7:22');
});

test('sarif: the way from file to file is a code flow', async (t) => {
  const { of } = await sarif(await folderWith(t, FILES));
  const way = (id: string) =>
    of(id)?.codeFlows?.[0].threadFlows[0].locations.map(({ location }) =>
      at(location.physicalLocation),
    );
  const expression = '.github/workflows/w.yml:9:20';
  assert.deepEqual(way('untrusted-reaches-system'), [expression, 'p/a%20b.prompt.yaml:7:22']);
  assert.deepEqual(way('runner-substitutes-before-parse'), [
    expression,
    'p/a%20b.prompt.yaml:7:22',
    '.github/workflows/w.yml:5:15',
  ]);
  assert.equal(of('parameter-spelling')?.codeFlows, undefined);
});

test('sarif: fixes, suppressions with their reason', async (t) => {
  const { of } = await sarif(await folderWith(t, FILES));
  assert.deepEqual(of('parameter-spelling')?.fixes?.[0]?.artifactChanges[0].replacements, [
    {
      deletedRegion: { startLine: 4, startColumn: 3, endLine: 4, endColumn: 13 },
      insertedContent: { text: 'maxTokens' },
    },
  ]);
  assert.deepEqual(of('foreign-template-syntax')?.suppressions, [
    { kind: 'inSource', justification: 'the next tool fills it in' },
  ]);
  assert.equal(of('parameter-spelling')?.suppressions, undefined);
});

test('sarif: fingerprints stay while lines move, and tell findings apart', async (t) => {
  const before = await sarif(await folderWith(t, FILES));
  const moved = await sarif(
    await folderWith(t, {
      ...FILES,
      '.github/workflows/w.yml': `# one more line\nname: W\n${WORKFLOW}`,
      'p/a b.prompt.yaml': `# a comment\n\n${PROMPT}tags: [x]\n`,
    }),
  );
  const prints = ({ results }: { results: Result[] }) =>
    results
      .map(({ ruleId, partialFingerprints }) => `${ruleId} ${JSON.stringify(partialFingerprints)}`)
      .sort();
  assert.deepEqual(prints(moved), prints(before));
  assert.equal(new Set(prints(before)).size, before.results.length);
});

test('sarif: no finding is a valid log too, and so is what the examples give', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': 'messages:\n  - role: user\n    content: Hi\n',
  });
  assert.deepEqual((await sarif(cwd)).results, []);
  const { results } = await sarif(join(root, 'examples'), '--mode', 'audit');
  assert.ok(results.length > 5);
});

test('github: one annotation a finding, the gravest first, escaped', async (t) => {
  const cwd = await folderWith(t, {
    ...FILES,
    'p/c,d.prompt.yaml':
      'modle: x\nmessages:\n  - role: user\n    content: "100% {{ a\\n::error::b }}"\n',
  });
  const { stdout, code } = await promptsmith(['check', '--format', 'github'], { cwd });
  assert.equal(code, 1);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) assert.match(line, /^::(?:error|warning|notice) file=[^:,]+,line=\d+,/);
  const levels = lines.map((line) => line.slice(2, line.indexOf(' ')));
  const rank = (level: string) => ['error', 'warning', 'notice'].indexOf(level);
  assert.deepEqual(
    levels,
    [...levels].sort((a, b) => rank(a) - rank(b)),
  );
  assert.equal(new Set(levels).size, 3);
  const own = lines.find((line) => line.includes('unknown-key'));
  assert.match(
    own ?? '',
    /^::error file=p\/c%2Cd\.prompt\.yaml,line=1,endLine=1,col=1,endColumn=5,title=unknown-key::/,
  );
  const across = lines.find((line) => line.includes('title=runner-substitutes'));
  assert.match(
    across ?? '',
    /^::error file=\.github\/workflows\/w\.yml,line=5,.*%0A.*p\/a b\.prompt\.yaml:7/,
  );
});

test('github: paths are those of the repository, wherever the step runs', async (t) => {
  const cwd = await folderWith(t, FILES);
  const env = { GITHUB_WORKSPACE: cwd };
  const { stdout } = await promptsmith(['check', '--format', 'github'], {
    cwd: join(cwd, 'p'),
    env,
  });
  assert.match(stdout, /file=p\/a b\.prompt\.yaml,line=7,/);
});

test('findings in the lint baseline are in the log as suppressed externally', async (t) => {
  const cwd = await folderWith(t, FILES);
  await promptsmith(['check', '--update-baseline'], { cwd });
  const { results } = await sarif(cwd);
  assert.ok(results.length > 2);
  for (const { suppressions } of results) assert.equal(suppressions?.length, 1);
});
