import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import { commands } from './commands.ts';
import { runCli } from './run-cli.ts';

/*
 * The composition root of `promptsmith`. A pipe that its reader closed (`| head`) is a normal end.
 */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const interrupt = new AbortController();
let interrupts = 0;
process.on('SIGINT', () => {
  interrupt.abort(new Error('interrupted'));
  if (++interrupts > 1) process.exit(130);
});
process.on('SIGTERM', () => interrupt.abort(new Error('interrupted')));

runCli(process.argv.slice(2), commands, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  cwd: process.cwd(),
  signal: interrupt.signal,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    // Only bugs get here: the stack is needed to fix them.
    const stack = escapeForTerminal(error.stack ?? String(error));
    process.stderr.write(`promptsmith: this is a bug in Promptsmith.\n${stack}\n`);
    process.exitCode = 2;
  },
);
