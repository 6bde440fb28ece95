import { existsSync } from 'node:fs';
import { findInPath, missingFor, type VscodeBuild } from './builds.ts';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium; null when there is none. */
export function findChromium(): string | null {
  const named = process.env.PROMPTSMITH_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return CHROMIUM.map(findInPath).find((path) => path !== null) ?? null;
}

/** Why this machine cannot test in a real VS Code; null when it can. */
export function missingMeans(build: VscodeBuild): string | null {
  if (findChromium() === null) return 'there is no Chromium (Debian: apt install chromium)';
  if (findInPath('rg') === null) return 'there is no ripgrep (Debian: apt install ripgrep)';
  return missingFor(build);
}
