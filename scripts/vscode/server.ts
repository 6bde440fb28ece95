import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Vscode } from './builds.ts';

/** How a VS Code is started. */
export interface ServerOptions {
  /** Folder with installed extensions; it is copied. */
  readonly extensions: string;
  /** Whether VS Code asks about trust; otherwise every workspace is trusted. */
  readonly asksForTrust?: boolean;
  /** A word that a browser must name to be let in; without one every program of this machine is. */
  readonly token?: string;
  /** Lets a page run tests in the extension host; no notifications are shown then. */
  readonly runsTests?: boolean;
}

/** Settings that keep VS Code quiet and predictable. */
const MACHINE_SETTINGS = {
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const STARTED = /Extension host agent listening on (\d+)/;

/** A running VS Code server with folders of its own. */
export class VscodeServer implements AsyncDisposable {
  readonly port: number;
  /** Everything this server writes lies below; nothing else does. */
  readonly folder: string;
  /** Resolves when the server has ended. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #token: string | undefined;

  private constructor(child: ChildProcess, port: number, folder: string, token?: string) {
    this.#child = child;
    this.#token = token;
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    this.port = port;
    this.folder = folder;
  }

  static async start(vscode: Vscode, options: ServerOptions): Promise<VscodeServer> {
    const folder = mkdtempSync(join(tmpdir(), 'promptsmith-host-'));
    for (const name of ['home', 'tmp', 'work', 'data/data/Machine'])
      await mkdir(join(folder, name), { recursive: true });
    await cp(options.extensions, join(folder, 'extensions'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await writeFile(
      join(folder, 'data/data/Machine/settings.json'),
      JSON.stringify(MACHINE_SETTINGS),
    );
    const flags = [
      ...['--host', '127.0.0.1', '--port', '0'],
      ...(options.token ? ['--connection-token', options.token] : ['--without-connection-token']),
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--server-data-dir', join(folder, 'data')],
      ...['--extensions-dir', join(folder, 'extensions')],
      ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
      ...(options.runsTests ? ['--enable-smoke-test-driver'] : []),
    ];
    const child = spawn(vscode.node, [vscode.program, ...flags], {
      env: vscodeEnvironment(folder),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new VscodeServer(child, await portOf(child), folder, options.token);
  }

  /** The address of the workbench with a folder open, or with none. */
  url(folder: string | null, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams(folder === null ? { ew: 'true' } : { folder });
    if (this.#token) query.set('tkn', this.#token);
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `http://127.0.0.1:${this.port}/?${query}`;
  }

  /** What the extension host knows a file on this machine by. */
  remoteUri(path: string): string {
    return `vscode-remote://127.0.0.1:${this.port}${path}`;
  }

  /** A folder to work in, made of a copy of `source`. */
  async workspace(name: string, source?: string): Promise<string> {
    const path = join(this.folder, 'work', name);
    if (source) await cp(source, path, { recursive: true });
    else await mkdir(path);
    return path;
  }

  /** The log files whose path fits, with their text. */
  logs(pattern: RegExp): { path: string; text: string }[] {
    const root = join(this.folder, 'data/data/logs');
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.log') && pattern.test(path))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  }

  /** Command lines of processes, except VS Code's server itself, that belong to this server. */
  processes(): string[] {
    return processesOf(this.folder)
      .filter(({ pid }) => pid !== this.#child.pid)
      .map(({ command }) => command);
  }

  /** Ends the server and resolves to the command lines of processes that outlive it. */
  async stop(): Promise<string[]> {
    const { pid } = this.#child;
    if (this.#child.exitCode === null && pid !== undefined) process.kill(pid, 'SIGTERM');
    await this.ended;
    const left = await gone(() => processesOf(this.folder));
    for (const { pid } of left) kill(pid);
    return left.map(({ command }) => command);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Own folders, and nothing of the shell's but where programs are. */
export function vscodeEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (text: string) => {
      output += text;
      const port = STARTED.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('close', () => reject(new Error(`VS Code did not start:\n${output}`)));
    child.once('error', reject);
  });
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Processes whose environment or command line names the folder. Linux only, as the server is. */
function processesOf(folder: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        const isOurs = command.includes(folder) || environment.includes(folder);
        // A process that has ended but was not collected yet has no command line any more.
        return isOurs && command !== '' ? [{ pid: Number(name), command }] : [];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

/** What is still there after a while; processes need a moment to see that their parent has gone. */
async function gone(list: () => Process[]): Promise<Process[]> {
  const end = Date.now() + 10_000;
  for (;;) {
    const left = list();
    if (left.length === 0 || Date.now() > end) return left;
    await delay(50);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
