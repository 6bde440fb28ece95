import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { capture } from '../process.mjs';
import { type Mutant, mutate } from './mutant.ts';

const OVERLAY = fileURLToPath(new URL('overlay.mjs', import.meta.url));
/** Milliseconds for one test file. */
const TIMEOUT = 90_000;

export interface MutantRun {
  readonly mutants: readonly Mutant[];
  /** The folder that the files of the mutants are in. It is only read. */
  readonly root: string;
  readonly print: (line: string) => void;
}

/** Entries that do not fit the tree: their source text is missing or ambiguous, or their test does not exist. */
export function findListProblems({ mutants, root }: Omit<MutantRun, 'print'>): string[] {
  return mutants.flatMap((mutant) => {
    const problem = problemOf(mutant, root);
    return problem === null ? [] : [`${mutant.file}: ${problem} (${mutant.guards})`];
  });
}

/**
 * Runs the tests of every mutant against its changed source, as many at a time as there are cores. Resolves
 * to the exit code: 1 when a mutant survives, or an entry does not fit the tree.
 */
export async function runMutants({ mutants, root, print }: MutantRun): Promise<number> {
  const faults = findListProblems({ mutants, root });
  const sound = mutants.filter((mutant) => problemOf(mutant, root) === null);
  // A test that fails anyway kills nothing.
  const tests = [...new Map(sound.map((mutant) => [testOf(mutant), mutant])).values()];
  const healthy = new Set<string>();
  await inParallel(tests, async (mutant) => {
    const result = await runTest(mutant, root, null);
    if (result.kind === 'passed') healthy.add(testOf(mutant));
    else faults.push(`${mutant.test}: does not pass without a mutant (${describe(result)})`);
  });
  const tried = sound.filter((mutant) => healthy.has(testOf(mutant)));
  let killed = 0;
  await inParallel(tried, async (mutant) => {
    const result = await runTest(mutant, root, mutant);
    const isKilled = result.kind === 'failed';
    if (isKilled) killed++;
    else faults.push(`${mutant.file}: ${describe(result)}: ${mutant.guards} (${mutant.test})`);
    print(`${isKilled ? 'killed  ' : 'SURVIVED'}  ${mutant.file}: ${mutant.guards}`);
  });
  print(`${killed} of ${mutants.length} mutants killed`);
  if (faults.length > 0) print(['', 'Faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  return faults.length > 0 ? 1 : 0;
}

type TestResult =
  | { readonly kind: 'passed' | 'failed' }
  /** No test ran: the file or the mutant cannot be loaded, or no test has the name. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'timeout' };

function describe({ kind }: TestResult): string {
  switch (kind) {
    case 'passed':
      return 'all tests pass';
    case 'failed':
      return 'a test fails';
    case 'nothing':
      return 'no test runs';
    case 'timeout':
      return `tests take longer than ${TIMEOUT / 1000} s`;
    default:
      return kind satisfies never;
  }
}

async function runTest(
  { test, name, file }: Mutant,
  root: string,
  mutant: Mutant | null,
): Promise<TestResult> {
  const changed = mutant && mutate(readFileSync(join(root, file), 'utf8'), mutant);
  const overlay =
    changed && 'text' in changed
      ? { url: pathToFileURL(join(root, file)).href, text: changed.text }
      : {};
  const env: NodeJS.ProcessEnv = { ...process.env, PROMPTSMITH_MUTANT: JSON.stringify(overlay) };
  // Node's own mark on tests: with it the report is written for a parent process.
  delete env.NODE_TEST_CONTEXT;
  const names = name === undefined ? [] : [`--test-name-pattern=${asPattern(name)}`];
  const { code, output } = await capture(
    process.execPath,
    [
      '--import',
      pathToFileURL(OVERLAY).href,
      '--test-reporter=tap',
      '--test-force-exit',
      ...names,
      join(root, test),
    ],
    { cwd: root, env, timeout: TIMEOUT },
  );
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1]);
  if (count('fail') + count('cancelled') > 0) return { kind: 'failed' };
  if (code === 143) return { kind: 'timeout' };
  return { kind: code === 0 && count('pass') > 0 ? 'passed' : 'nothing' };
}

function problemOf(mutant: Mutant, root: string): string | null {
  const path = join(root, mutant.file);
  if (!existsSync(path)) return 'does not exist';
  const changed = mutate(readFileSync(path, 'utf8'), mutant);
  if ('error' in changed) return changed.error;
  return existsSync(join(root, mutant.test)) ? null : `its test ${mutant.test} does not exist`;
}

function testOf({ test, name = '' }: Mutant): string {
  return `${test} ${name}`;
}

function asPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
