import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture } from './process.mjs';

/** Programs that some tests need, and the Debian packages that have them. */
const needed = [
  { program: 'nvim', package: 'neovim' },
  { program: 'chromium', package: 'chromium' },
  { program: 'rg', package: 'ripgrep' },
];

/**
 * Installs the Debian packages that the tests need: as root on a machine with apt, and nowhere else.
 * Where it does not, or where it fails, the tests say which command installs what they lack.
 */
export async function installSystemPackages() {
  const missing = needed
    .filter(({ program }) => !isInPath(program))
    .map(({ package: name }) => name);
  const mayInstall = process.getuid?.() === 0 && isInPath('apt-get');
  if (missing.length === 0 || !mayInstall) return;
  console.log(`Installing ${missing.join(', ')} for the tests (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const flags = ['--quiet=2', '--yes', '--no-install-recommends'];
  for (const args of [
    ['update', '--quiet=2'],
    ['install', ...flags, ...missing],
  ]) {
    const { code, output } = await capture('apt-get', args, { env });
    if (code === 0) continue;
    console.error(`apt-get ${args[0]} failed:\n${output.trim().split('\n').slice(-5).join('\n')}`);
    return;
  }
}

function isInPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}
