import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';

/** The programs: file in dist/ (without `.cjs`) → source. */
const programs = {
  cli: 'cli/start.ts',
  server: 'server/start.ts',
  client: 'client/extension.ts',
  registry: 'io/reader/main.ts',
};

/**
 * Packages that are files of their own in dist/, loaded when first needed: package → file. Source
 * code says `await import('openai')`; the bundle then loads `./openai.cjs`.
 */
export const lazyPackages = {
  openai: 'openai',
  pg: 'postgres',
  '@pydantic/genai-prices': 'models',
  '@secretlint/secretlint-rule-preset-recommend': 'secrets',
};

/** Packages that no bundle contains: who wants them installs them. */
export const neverBundled = ['js-tiktoken'];

/** Modules of ours that are files of their own in dist/, loaded when first needed: source → file. */
export const lazySources = {
  'cli/main.ts': 'cli-main',
  'server/main.ts': 'server-main',
  'client/on-demand.ts': 'on-demand',
  'io/models/anthropic-client.ts': 'anthropic',
};

/** Files that are copied as they are: file in dist/ → source. */
export const copies = { 'registry.d.ts': 'io/reader/registry.d.ts' };

/** esbuild's entry points: the programs that exist, and the packages. */
export function entryPoints() {
  const sources = Object.entries(programs).filter(([, source]) => existsSync(join(root, source)));
  const lazy = Object.entries(lazySources).map(([source, file]) => [file, source]);
  const packages = Object.entries(lazyPackages).map(([name, file]) => [file, name]);
  return Object.fromEntries([...sources, ...lazy, ...packages]);
}

/** The pages of webviews: script and style in dist/webview/ (without `.js`, `.css`) → source. */
export function webviewEntryPoints() {
  return {
    playground: 'client/webview/playground.ts',
    preview: 'client/webview/preview.ts',
    results: 'client/webview/results.ts',
  };
}
