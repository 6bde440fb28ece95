import { registerHooks, syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { tokenTables } from '../token-tables.ts';

/** Pauses before retries are cut to this, in milliseconds. */
const LONGEST_PAUSE = 5;

/** Makes pauses short for the whole process: an outage takes no time. */
function shortenPauses(): void {
  const { setTimeout: pause } = timers;
  if (pause.name === 'pauseShortly') return;
  const pauseShortly: typeof pause = (ms = 0, ...rest) =>
    pause(Math.min(ms, LONGEST_PAUSE), ...rest);
  timers.setTimeout = pauseShortly;
  syncBuiltinESMExports();
}

/**
 * Loads the command line from its source, to run many commands in one process. The bundle has the token
 * tables beside it; the source does not.
 */
export async function loadCli() {
  shortenPauses();
  const folder = await tokenTables();
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith('/app/prompt/prompt-knowledge.ts')) return loaded;
      const place = "join(import.meta.dirname, 'tokens')";
      const source = String(loaded.source);
      if (!source.includes(place)) throw new Error(`${url} does not contain ${place}`);
      return { ...loaded, source: source.replace(place, JSON.stringify(folder)) };
    },
  });
  try {
    const [{ runCli }, { commands }] = await Promise.all([
      import('#cli/run-cli.ts'),
      import('#cli/commands.ts'),
    ]);
    return { runCli, commands };
  } finally {
    hooks.deregister();
  }
}
