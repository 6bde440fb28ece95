import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { type CliResult, promptsmith } from '../cli.ts';
import { loadCli } from './load-cli.ts';
import { OTHER_MODEL, OWN_MODEL } from './planned-model.ts';

/** What is the same in all versions of a campaign. */
export interface WorkplaceOptions {
  readonly baseUrl: string;
  readonly cases: number;
  readonly repeat: number;
  readonly gate: 'no-regression' | 'non-inferior';
  readonly margin: number;
}

/** The name of the prompt in the registry. */
export const NAME = 'say';

/** A project with one prompt, and the command line in it. */
export class Workplace {
  readonly folder: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #cases: number;

  private constructor(folder: string, env: Readonly<Record<string, string>>, cases: number) {
    this.folder = folder;
    this.#env = env;
    this.#cases = cases;
  }

  static async open(options: WorkplaceOptions): Promise<Workplace> {
    const { baseUrl, cases, repeat, gate, margin } = options;
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'promptsmith-campaign-')));
    await writeFile(
      join(folder, '.promptsmith.yaml'),
      `eval: { repeat: ${repeat}, margin: ${margin} }
providers: { openai: { timeoutMs: 3000, retries: 3 } }
promotion: { production: { gate: ${gate}, lint: off } }
`,
    );
    const state = { HOME: folder, XDG_STATE_HOME: join(folder, '.state'), USER: 'ada' };
    const env = { ...state, OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: 'key' };
    return new Workplace(folder, env, cases);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Writes the prompt: `text` is what distinguishes versions. */
  async write(text: string, evaluator = 'promptsmith/equals, with: "{{word}}"'): Promise<void> {
    const rows = Array.from(
      { length: this.#cases },
      (_, i) => `  - { word: w${i}x, $case: { name: c${i} } }\n`,
    );
    await writeFile(
      join(this.folder, 'say.prompt.yaml'),
      `model: ${OWN_MODEL}
candidates: [${OTHER_MODEL}]
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "${text}: say {{word}}" }]
testData:
${rows.join('')}evaluators: [{ name: says it, uses: ${evaluator} }]
acceptance: { passRate: 0.2 }
`,
    );
  }

  /** Writes answers by hand that pass every case. */
  async writeSamples(repeat: number): Promise<void> {
    const folder = join(this.folder, 'recordings');
    await mkdir(folder, { recursive: true });
    const lines = Array.from({ length: this.#cases * repeat }, (_, i) => {
      const n = i % this.#cases;
      return `${JSON.stringify({ case: `c${n}`, text: `w${n}x` })}\n`;
    });
    await writeFile(join(folder, 'say.jsonl'), lines.join(''));
  }

  /** Runs a command in this process. */
  async run(args: readonly string[], signal?: AbortSignal): Promise<CliResult> {
    let [stdout, stderr] = ['', ''];
    const collect = (add: (text: string) => void) =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          add(chunk.toString());
          done();
        },
      });
    const { runCli, commands } = await loadCli();
    const code = await runCli(args, commands, {
      stdin: Readable.from([]),
      stdout: collect((text) => {
        stdout += text;
      }),
      stderr: collect((text) => {
        stderr += text;
      }),
      environment: this.#env,
      cwd: this.folder,
      signal: signal ?? new AbortController().signal,
    });
    return { code, stdout, stderr };
  }

  /** Runs a command that prints JSON. */
  async json(args: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
    const { code, stdout, stderr } = await this.run(args);
    if (stdout === '') throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** Runs the built program, and kills it as `kill -9` does when the signal is aborted. */
  async runProgram(args: readonly string[], kill: AbortSignal): Promise<CliResult> {
    const env = { ...this.#env };
    return await promptsmith(args, { cwd: this.folder, env, signal: kill });
  }

  /** The ids of all stored runs, the oldest first. */
  async listRuns(): Promise<string[]> {
    const names = await readdir(join(this.folder, '.promptsmith/runs', NAME)).catch(() => []);
    return names.filter((name) => /^\d{8}T/.test(name)).sort();
  }
}
