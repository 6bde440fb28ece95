import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markOrigin } from '#core/lint/workflow/origins.ts';
import { readWorkflow } from '#core/lint/workflow/read-workflow.ts';
import { Shell, type ShellWorld } from '#core/lint/workflow/shell.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

const BODY = markOrigin({ trust: 'external', confidence: 'high', kind: 'expression' });
const world = (): ShellWorld => ({
  expression: () => BODY,
  variable: () => BODY,
  files: new Map([['body.txt', BODY]]),
  hasForeignHistory: true,
});

test('scripts that are no shell, or hostile, end soon', () => {
  const scripts = [
    '$('.repeat(20_000),
    '"'.repeat(20_001),
    '${'.repeat(20_000),
    "$(echo '".repeat(5000),
    'if true; then '.repeat(20_000),
    'X="$X$X$BODY"\n'.repeat(20_000),
    '{ '.repeat(20_000),
    'cat <<A '.repeat(2000),
    '`a'.repeat(20_000),
    'echo $(echo $(echo $(echo $(echo $(echo $(echo $(echo $(echo $(echo x)))))))))\n'.repeat(2000),
    'cat body.txt >> body.txt\n'.repeat(20_000),
    '${{ '.repeat(20_000),
  ];
  for (const script of scripts) {
    const start = cpuMs();
    new Shell(world()).run(script);
    const ms = cpuMs() - start;
    assert.ok(ms < 3000, `${script.slice(0, 20)}: ${ms} ms`);
  }
});

test('a workflow of one MB stays fast', () => {
  const step = (i: number) =>
    `      - id: s${i}\n        env: { B: "\${{ steps.s${i - 1}.outputs.x }}" }\n        run: |\n          X=$(echo "$B" | tr a b)\n          echo "x=$X" >> "$GITHUB_OUTPUT"\n`;
  const ask =
    '      - uses: actions/ai-inference@v3\n        with: { prompt-file: a.prompt.yml, input: "x: ${{ steps.s1.outputs.x }}" }\n';
  for (const size of [480 * 1024, 1024 * 1024]) {
    const count = Math.floor(size / step(100).length);
    const steps = Array.from({ length: count }, (_, i) => step(i)).join('');
    const text = `on: push\njobs:\n  a:\n    steps:\n${steps}${ask}`;
    const start = cpuMs();
    const { calls } = readWorkflow('file:///w.yml', '.github/workflows/w.yml', text);
    const ms = cpuMs() - start;
    // GitHub rejects the larger one.
    assert.equal(calls.length, size > 512 * 1024 ? 0 : 1);
    assert.ok(ms < 4000, `${size}: ${ms} ms`);
  }
});
