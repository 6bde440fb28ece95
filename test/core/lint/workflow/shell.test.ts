import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAssignments } from '#core/lint/workflow/assignments.ts';
import { markOrigin, type Origin, readOrigin, UNKNOWN } from '#core/lint/workflow/origins.ts';
import { Shell } from '#core/lint/workflow/shell.ts';

const BODY = markOrigin({ trust: 'external', confidence: 'high', kind: 'expression' });

/** Runs a script with `$BODY`, third-party text, and the file `body.txt`; the origins of its outputs. */
function run(script: string, { foreign = false } = {}): Map<string, string> {
  const files = new Map([['body.txt', BODY]]);
  new Shell({
    expression: (text) => (/body/.test(text) ? BODY : markOrigin(UNKNOWN)),
    variable: (name) => ({ BODY, GITHUB_OUTPUT: 'GITHUB_OUTPUT', RUNNER_TEMP: 'tmp' })[name],
    files,
    hasForeignHistory: foreign,
  }).run(script);
  const outputs = readAssignments(files.get('GITHUB_OUTPUT') ?? '');
  return new Map([...outputs].map(([name, value]) => [name, describe(readOrigin(value))]));
}

const describe = ({ trust, confidence, kind }: Origin): string =>
  trust === 'external' ? `${trust} ${confidence}${kind === 'model' ? ' model' : ''}` : trust;

/** The origin of `x` after a command whose output it is. */
const printed = (command: string, options = {}): string | undefined =>
  run(`echo "x=$(${command})" >> "$GITHUB_OUTPUT"`, options).get('x');

test('what is written to an output, in every usual way', () => {
  const ways = {
    'echo "x=$BODY" >> $GITHUB_OUTPUT': 'external high',
    "echo 'x=$BODY' >> $GITHUB_OUTPUT": 'trusted',
    'echo x=${BODY} | tee -a "${GITHUB_OUTPUT}"': 'external high',
    'echo "x=${BODY:0:100}" >> $GITHUB_OUTPUT': 'external high',
    'echo "x=${#BODY}" >> $GITHUB_OUTPUT': 'trusted',
    'echo "x=${OTHER:-$BODY}" >> $GITHUB_OUTPUT': 'external high',
    'printf \'x=%s\\n\' "$BODY" >> $GITHUB_OUTPUT': 'external high',
    'printf \'x=%d\\n\' "$BODY" >> $GITHUB_OUTPUT': 'trusted',
    'Y=$BODY\nexport X="$Y"\necho x=$X >> $GITHUB_OUTPUT': 'external high',
    'X=1\nX+=$BODY\necho x=$X >> $GITHUB_OUTPUT': 'external high',
    'X=$BODY; X=none\necho x=$X >> $GITHUB_OUTPUT': 'trusted',
    'X=none\nif [ -n "$1" ]; then X=$BODY; fi\necho x=$X >> $GITHUB_OUTPUT': 'external high',
    'X=$BODY\nif true; then X=none; fi\necho x=$X >> $GITHUB_OUTPUT': 'external high',
    'cat >> $GITHUB_OUTPUT <<EOF\nx=${{ github.event.issue.body }}\nEOF': 'external high',
    'cat <<-"END" >> $GITHUB_OUTPUT\n\tx=$BODY\n\tEND': 'trusted',
    'echo "x<<E" >> $GITHUB_OUTPUT\ncat body.txt >> $GITHUB_OUTPUT\necho E >> $GITHUB_OUTPUT':
      'external high',
    'E=$(openssl rand -hex 8)\n{ echo "x<<$E"; cat ./body.txt; echo "$E"; } >> $GITHUB_OUTPUT':
      'external high',
    '(echo "x=$BODY") >> $GITHUB_OUTPUT': 'external high',
    'while read -r line; do echo "x=$line"; done < body.txt >> $GITHUB_OUTPUT': 'external high',
    'for part in $BODY; do echo "x=$part" >> $GITHUB_OUTPUT; done': 'external high',
    'read -r X <<< "$BODY"\necho x=$X >> $GITHUB_OUTPUT': 'external high',
    'case "$1" in\n  a|b) X=$BODY ;;\n  *) X=none ;;\nesac\necho "x=$X" >> $GITHUB_OUTPUT':
      'external high',
    'cp body.txt b.txt\nmv b.txt c.txt\necho "x=$(< c.txt)" >> $GITHUB_OUTPUT': 'external high',
    'cp body.txt b.txt\necho "x=$(cat b.txt)" >> $GITHUB_OUTPUT': 'external high',
    'T=$(mktemp)\necho "$BODY" > $T\necho "x=$(cat $T)" >> $GITHUB_OUTPUT': 'external high',
    'python clean.py body.txt\necho "x=$(cat body.txt)" >> $GITHUB_OUTPUT': 'unknown',
    'echo x=fixed \\\n  --words # $BODY\necho x=fixed >> $GITHUB_OUTPUT': 'trusted',
    "echo 'x=it''s' >> $GITHUB_OUTPUT": 'trusted',
    'curl -s https://example.org\necho "x=fixed" >> $GITHUB_OUTPUT': 'trusted',
    'curl -so page.html https://example.org\necho "x=$(cat page.html)" >> $GITHUB_OUTPUT':
      'external medium',
    'echo "x=$BODY" | sed s/a/b/ >> $GITHUB_OUTPUT': 'external medium',
    'sudo echo "x=$BODY" >> $GITHUB_OUTPUT': 'external high',
    'f() { echo "$BODY"; }\necho "x=$(f)" >> $GITHUB_OUTPUT': 'unknown',
    'echo "x=$(unclosed" >> $GITHUB_OUTPUT': undefined,
  };
  for (const [script, origin] of Object.entries(ways)) {
    assert.equal(run(script).get('x'), origin, script);
    const crlf = script.replaceAll('\n', '\r\n');
    if (!script.includes('\\\n')) assert.equal(run(crlf).get('x'), origin, `CRLF: ${script}`);
  }
});

test('several outputs of one script are kept apart', () => {
  assert.deepEqual(
    Object.fromEntries(
      run(
        'echo -e "a=1\\nb=$BODY" >> $GITHUB_OUTPUT\nprintf "c=%s\\nd=%s\\n" "$BODY" 2 >> $GITHUB_OUTPUT',
      ),
    ),
    { a: 'trusted', b: 'external high', c: 'external high', d: 'trusted' },
  );
  assert.deepEqual(
    Object.fromEntries(run('cat more.env >> $GITHUB_OUTPUT\necho a=1 >> $GITHUB_OUTPUT')),
    {
      '*': 'unknown',
      a: 'trusted',
    },
  );
  assert.equal(
    run('echo "a<<END" >> $GITHUB_OUTPUT\nnode x.mjs >> $GITHUB_OUTPUT').get('a'),
    'unknown',
  );
});

test('commands: by the fields that are asked for, the filter, and the history', () => {
  const trusted = [
    'date +%F',
    'echo "$BODY" | wc -c',
    'sha256sum body.txt',
    'grep -c error body.txt',
    'git describe --tags',
    'git rev-parse HEAD',
    "git log -1 --format='%H %cI'",
    'git diff --shortstat',
    'gh pr view 3 --json number,url,author',
    'gh pr view 3 --json title,number --jq .number',
    'gh pr view 3 --json number,body | jq -r .number',
    'gh issue list --json labels --jq ".[].labels[].name"',
    'gh api repos/acme/engine/releases/latest --jq .tag_name',
    'curl -s https://api.github.com/repos/acme/engine/releases/latest | jq -r ".tag_name"',
    'jq -r ".[] | length" body.txt',
  ];
  const external = [
    'cat body.txt',
    'head -n 20 body.txt',
    'sed -n 1,5p body.txt',
    'grep -e error body.txt',
    "jq -Rs '{text: .}' body.txt",
    'jq -n --arg text "$BODY" "{text: \\$text}"',
    'gh pr diff 3',
    'gh issue view 3',
    'gh pr view 3 --json title,number',
    'gh pr view 3 --json title,number --jq \'"\\(.number) \\(.title)"\'',
    'gh api repos/acme/engine/issues/3/comments --jq ".[].body"',
    'gh search issues crash',
    'curl -s https://example.org | head -c 1000',
  ];
  const unknown = [
    'node collect.mjs < body.txt',
    './clean.sh "$BODY"',
    'git log --format=%s',
    'git diff --name-only',
    'gh pr diff 3 --name-only',
    'gh release view v1',
    'gh api repos/acme/engine/contents/README.md',
    'gh run view 3 --log-failed',
    'curl -s http://localhost:8080/summary',
    'cat notes.txt',
    'cat "$FOLDER/body.txt"',
    'source ./values.sh',
  ];
  for (const command of trusted) assert.equal(printed(command), 'trusted', command);
  for (const command of external) assert.match(printed(command) ?? '', /^external/, command);
  for (const command of unknown) assert.equal(printed(command), 'unknown', command);
  assert.equal(printed('git log --format=%s', { foreign: true }), 'external medium');
  assert.equal(printed('gh models run openai/gpt-4o hello'), 'external high model');
});
