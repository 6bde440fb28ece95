// Builds dist/: node esbuild.mjs [--watch | --if-stale]. ARCHITECTURE.md says what is in it.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { context } from 'esbuild';
import { bundleOptions } from './scripts/build/bundle.mjs';
import { entryPoints } from './scripts/build/entries.mjs';
import { thirdPartyNotices } from './scripts/build/notices.mjs';
import { isFresh, writeStamp } from './scripts/build/stamp.mjs';
import { root } from './scripts/process.mjs';
import { ENCODINGS, writeTokenTables } from './scripts/token-tables.mjs';

const watch = process.argv.includes('--watch');
const kind = { watch, entryPoints: entryPoints() };

/** The files that decide what the build does. */
const ownFiles = [
  'esbuild.mjs',
  'package.json',
  'package-lock.json',
  'scripts/token-tables.mjs',
  ...readdirSync(join(root, 'scripts/build')).map((name) => `scripts/build/${name}`),
];
/** Bundles that are started by name, as `bin` of package.json says. */
const programs = new Set([join('dist', 'cli.cjs'), join('dist', 'server.cjs')]);
const tokenTables = ENCODINGS.map((name) => `dist/tokens/${name}.bin`);

if (!process.argv.includes('--if-stale') || !isFresh(kind)) {
  const options = bundleOptions({ development: watch });
  const build = await context({
    ...options,
    entryPoints: kind.entryPoints,
    plugins: [...options.plugins, writer()],
  });
  if (watch) {
    await build.watch();
  } else {
    try {
      await build.rebuild();
    } catch {
      process.exitCode = 1; // esbuild has said why.
    }
    await build.dispose();
  }
}

/** Writes what was built: each file appears whole, so a build never disturbs who is reading. */
function writer() {
  return {
    name: 'writer',
    setup(build) {
      let started = 0;
      build.onStart(() => {
        started = Date.now();
      });
      build.onEnd(async ({ errors, outputFiles, metafile }) => {
        if (errors.length > 0) return;
        mkdirSync(join(root, 'dist'), { recursive: true });
        for (const { path, contents } of outputFiles) replaceFile(relative(root, path), contents);
        replaceFile('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafile));
        if (!tokensAreFresh()) await writeTokenTables(join(root, 'dist/tokens'));
        const inputs = Object.keys(metafile.inputs).filter((path) => !/^[\w-]+:/.test(path));
        writeStamp({
          kind,
          inputs: [...inputs, ...ownFiles],
          outputs: [...Object.keys(metafile.outputs), ...tokenTables],
          started,
        });
        if (watch) console.log('built');
      });
    },
  };
}

/** A program gets a first line for the shell and may be executed. */
function replaceFile(path, contents) {
  const isProgram = programs.has(path);
  const draft = join(root, `${path}.${process.pid}.tmp`);
  const text = isProgram
    ? Buffer.concat([Buffer.from('#!/usr/bin/env node\n'), contents])
    : contents;
  writeFileSync(draft, text, { mode: isProgram ? 0o755 : 0o644 });
  renameSync(draft, join(root, path));
}

/** The tables change only with their source and the code that converts it. */
function tokensAreFresh() {
  const made = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const source = Math.max(
    made('node_modules/js-tiktoken/package.json'),
    made('scripts/token-tables.mjs'),
  );
  return tokenTables.every((path) => made(path) > source);
}
