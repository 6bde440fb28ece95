import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { findPromptFiles } from '#io/files.ts';
import { root } from './process.mjs';
import { startSampleServer } from './sample-server.ts';

/*
 * Shows what Promptsmith does with the prompts in examples/: checks them, counts tokens and cost, evaluates
 * their golden cases, and publishes one to a registry. The answers are samples written by hand, which a server
 * on loopback returns; everything else is the real program.
 */
const files: string[] = [];
for await (const file of findPromptFiles([join(root, 'examples')]))
  files.push(relative(root, file));
const flawed = files.filter((file) => file.includes('flawed'));
const good = files.filter((file) => !flawed.includes(file));
const started = performance.now();
const home = mkdtempSync(join(tmpdir(), 'promptsmith-demo-'));
const server = await startSampleServer(files.map((file) => join(root, file)));

let failed = false;
try {
  await step('What is wrong with these prompts?', ['check', 'examples'], [0, 1]);
  await step('Where do the tokens go?', ['tokens', 'examples/support', 'examples/rag'], [0]);
  await step('What do they cost?', ['cost', 'examples'], [0]);
  const limits = ['--yes', '--max-cost', '1'];
  await step(
    'Do they pass their golden cases?',
    ['eval', ...good, ...limits, '--fail-on', 'never'],
    [0],
  );
  await step(
    'Does the flawed one? Its failures are explained.',
    ['eval', ...flawed, ...limits, '--allow-missing', '--fail-on', 'never'],
    [0],
  );
  await release('support/triage');
} finally {
  server.close();
  rmSync(home, { recursive: true, force: true });
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `\nEnd of the demo: ${files.length} prompts, ${server.requests()} calls to the sample server, ${seconds} s.`,
);
console.log('The answers were written by hand: no model was called and nothing was spent.');
console.log('Next: node dist/cli.cjs check <your prompts>, or node dist/cli.cjs --help');
process.exitCode = failed ? 1 : 0;

/** Publishes a prompt to a registry of the demo's own, promotes it, changes it and shows the difference. */
async function release(name: string): Promise<void> {
  const project = join(home, 'project');
  // Runs of earlier demos are not copied.
  const filter = (path: string) => basename(path) !== '.promptsmith';
  cpSync(join(root, 'examples'), project, { recursive: true, filter });
  const file = `${name}.prompt.yaml`;
  const demo = (title: string, words: readonly string[], codes: readonly number[] = [0]) =>
    step(title, words, codes, project);
  const by = ['--author', 'Demo'];
  await demo('Publish a version of a prompt, with its cases and checks', ['publish', file, ...by]);
  await demo('Production requires an eval', ['promote', name, 'latest', 'production', ...by], [1]);
  await demo('Evaluate it with recorded answers', ['eval', file, '--replay', '--holdout']);
  await demo(
    'Those answers are samples written by hand: production does not take them as evidence',
    ['promote', name, 'latest', 'production', ...by],
    [1],
  );
  await demo('The policy of staging says that samples are enough', [
    'promote',
    name,
    'latest',
    'staging',
    ...by,
  ]);
  const path = join(project, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace('temperature: 0\n', 'temperature: 0.4\n'));
  await demo('Change a parameter: what differs from staging?', ['diff', `${name}@staging`, file]);
}

/** Runs one command of the bundle; its exit code must be one of `codes`. */
async function step(
  title: string,
  words: readonly string[],
  codes: readonly number[],
  cwd: string = root,
): Promise<void> {
  console.log(`\n━━ ${title}\n$ promptsmith ${words.join(' ')}\n`);
  const child = spawn(process.execPath, [join(root, 'dist/cli.cjs'), ...words], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      OPENAI_BASE_URL: server.url,
      OPENAI_API_KEY: 'no-key-needed',
      XDG_CONFIG_HOME: home,
      XDG_STATE_HOME: home,
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== null && codes.includes(code)) return;
  failed = true;
  console.error(`promptsmith ${words[0]} exited with ${code}.`);
}
