import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the user's own settings and consents are: `~/.config/promptsmith`. */
export function getUserConfigFolder(env: Environment): string {
  return join(chooseBase(env.XDG_CONFIG_HOME, join(homedir(), '.config')), 'promptsmith');
}

/** Where the program records what outlives a project: `~/.local/state/promptsmith` on Linux. */
export function getUserStateFolder(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (platform === 'win32')
    return join(chooseBase(env.LOCALAPPDATA, join(home, 'AppData', 'Local')), 'promptsmith');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'promptsmith');
  return join(chooseBase(env.XDG_STATE_HOME, join(home, '.local', 'state')), 'promptsmith');
}

/** The XDG specification says to ignore relative paths. */
function chooseBase(named: string | undefined, fallback: string): string {
  return named !== undefined && isAbsolute(named) ? named : fallback;
}
