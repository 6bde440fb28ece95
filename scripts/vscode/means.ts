import { existsSync } from 'node:fs';
import { findProgram, missingPackage } from '../system-packages.mjs';
import { missingFor, type VscodeBuild } from './builds.ts';

/** The path of a Chromium; null when there is none. */
export function findChromium(): string | null {
  const named = process.env.PROMPTSMITH_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return findProgram('chromium');
}

/** Why this machine cannot test in a real VS Code; null when it can. */
export function missingMeans(build: VscodeBuild): string | null {
  const chromium = findChromium() === null ? missingPackage('chromium') : null;
  return chromium ?? missingPackage('ripgrep') ?? missingFor(build);
}
