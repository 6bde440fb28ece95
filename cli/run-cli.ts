import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { findClosest } from '#core/find-closest.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { UserError } from '#core/user-error.ts';
import { RunNotKept } from '#io/runs/run-writer.ts';
import { readArguments } from './arguments.ts';
import { type Arguments, COMMON_OPTIONS, type Command, UsageError } from './command.ts';
import { formatCommandHelp, formatOverview } from './help.ts';
import { Terminal } from './terminal.ts';
import { version } from './version.ts';

export interface World {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** Runs one command line and resolves to its exit code. Rejects only because of a bug. */
export async function runCli(
  words: readonly string[],
  commands: readonly Command[],
  world: World,
): Promise<number> {
  const plain = new Terminal(world.stdout, world.stderr, 'auto', world.environment);
  const [name = '', ...rest] = words;
  if (name === '--version' || name === '-v') return print(plain, `promptsmith ${version}\n`);
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    const topic = commands.find((command) => command.name === rest[0]);
    return print(plain, topic ? formatCommandHelp(topic, plain) : formatOverview(commands, plain));
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const guess = findClosest(
      name,
      commands.map((candidate) => candidate.name),
    );
    return refuse(
      world,
      `Unknown command ${name}${guess ? `: did you mean ${guess}?` : '. Run `promptsmith --help` for a list.'}`,
    );
  }
  try {
    return await runCommand(command, rest, world, plain);
  } catch (error) {
    if (error instanceof UserError) return refuse(world, error.message);
    if (error instanceof RunNotKept) return refuse(world, `${error.message}.`);
    if (world.signal.aborted) return refuse(world, 'interrupted.', 130);
    const system = error as NodeJS.ErrnoException;
    if (system.code && system.syscall)
      return refuse(world, `${system.path ?? system.syscall}: ${system.message}`);
    throw error;
  }
}

async function runCommand(
  command: Command,
  words: readonly string[],
  world: World,
  plain: Terminal,
): Promise<number> {
  if (words.includes('--help') || words.includes('-h'))
    return print(plain, formatCommandHelp(command, plain));
  const args = readArguments(words, [...command.options, ...COMMON_OPTIONS]);
  const color = (args.text('color') ?? 'auto') as 'auto' | 'always' | 'never';
  const output = args.text('output');
  if (output === undefined) return await runWith(args, world.stdout);
  const file = createWriteStream(resolve(world.cwd, output));
  await once(file, 'open');
  const written = new Promise<void>((done, fail) => file.on('close', done).on('error', fail));
  written.catch(() => {});
  try {
    return await runWith(args, file);
  } finally {
    file.end();
    await written.catch((error: Error) => {
      throw new UsageError(`${output} cannot be written: ${error.message}.`);
    });
  }

  function runWith(given: Arguments, out: NodeJS.WritableStream): Promise<number> {
    return command.run(given, {
      terminal: new Terminal(out, world.stderr, color, world.environment),
      cwd: world.cwd,
      environment: world.environment,
      signal: world.signal,
      readStdin: () => readAll(world.stdin),
    });
  }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream)
    parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from(part));
  return Buffer.concat(parts);
}

function print(terminal: Terminal, text: string): number {
  terminal.write(text);
  return 0;
}

function refuse({ stderr }: World, message: string, code = 2): number {
  stderr.write(`promptsmith: ${escapeForTerminal(message)}\n`);
  return code;
}
