import type { TestContext } from 'node:test';

/** What the tests of one window report to: of node:test's context what they use. */
export interface Part {
  test(name: string, run: (one: Pick<TestContext, 'diagnostic'>) => unknown): Promise<void>;
  diagnostic(message: string): void;
  after(run: () => unknown): void;
}

interface Result {
  readonly name: string;
  readonly ms: number;
  readonly notes: readonly string[];
  /** What it threw. */
  readonly failure?: { readonly error: unknown };
}

/**
 * Runs the tests of one window, and all of them once more in a new window when one fails: what a person
 * does by mouse and keys, a busy machine can drop. The first try ends with the first failure: what
 * comes after it waits in vain. The last try counts; that there were two is said.
 */
export async function inWindow(t: TestContext, run: (part: Part) => Promise<void>): Promise<void> {
  const first = await attempt(run, 'ends with a failure');
  const failed = first.results.filter(({ failure }) => failure);
  for (const { name, failure } of failed)
    t.diagnostic(`tried again: “${name}” failed first: ${String(failure?.error)}`);
  const { results, notes } = failed.length === 0 ? first : await attempt(run, 'goes on');
  for (const note of notes) t.diagnostic(note);
  for (const result of results) {
    await t.test(`${result.name} (${Math.round(result.ms)} ms)`, (one) => {
      for (const note of result.notes) one.diagnostic(note);
      if (result.failure) throw result.failure.error;
    });
  }
}

async function attempt(
  run: (part: Part) => Promise<void>,
  mode: 'ends with a failure' | 'goes on',
) {
  const results: Result[] = [];
  const notes: string[] = [];
  const ends: (() => unknown)[] = [];
  const part: Part = {
    async test(name, body) {
      const said: string[] = [];
      const start = performance.now();
      const failure = await caught(() => body({ diagnostic: (note) => said.push(note) }));
      results.push({ name, ms: performance.now() - start, notes: said, ...failure });
      if (failure && mode === 'ends with a failure') throw failure.failure.error;
    },
    diagnostic: (note) => notes.push(note),
    after: (end) => ends.push(end),
  };
  const failure = await caught(() => run(part));
  const isKnown = results.some(
    (one) => one.failure && one.failure.error === failure?.failure.error,
  );
  if (failure && !isKnown) results.push({ name: 'the window', ms: 0, notes: [], ...failure });
  for (const end of ends) await end();
  return { results, notes };
}

async function caught(body: () => unknown): Promise<{ failure: { error: unknown } } | undefined> {
  try {
    await body();
    return undefined;
  } catch (error) {
    return { failure: { error } };
  }
}
