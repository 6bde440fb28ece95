// Builds dist/: node esbuild.mjs [--watch | --if-stale]. ARCHITECTURE.md says what is in it. The lines
// that --watch prints tell the task in .vscode/tasks.json when a build begins and ends.
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { context } from 'esbuild';
import { bundleOptions, webviewOptions } from './scripts/build/bundle.mjs';
import { copies, entryPoints, webviewEntryPoints } from './scripts/build/entries.mjs';
import { thirdPartyNotices } from './scripts/build/notices.mjs';
import { isFresh, writeStamp } from './scripts/build/stamp.mjs';
import { root } from './scripts/process.mjs';
import { ENCODINGS, writeTokenTables } from './scripts/token-tables.mjs';

const watch = process.argv.includes('--watch');
const kind = { watch, entryPoints: entryPoints(), webviews: webviewEntryPoints() };

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
  const write = writer(2);
  const builds = await Promise.all([
    prepare(bundleOptions({ development: watch }), kind.entryPoints, write),
    prepare(webviewOptions({ development: watch }), kind.webviews, write),
  ]);
  if (watch) {
    await Promise.all(builds.map((build) => build.watch()));
  } else {
    try {
      for (const build of builds) await build.rebuild();
    } catch {
      process.exitCode = 1; // esbuild has said why.
    }
    await Promise.all(builds.map((build) => build.dispose()));
  }
}

/** A build whose result goes to `write`. */
function prepare(options, entryPoints, write) {
  let started = 0;
  const reporter = {
    name: 'reporter',
    setup(build) {
      build.onStart(() => {
        started = Date.now();
        if (watch) console.log('building');
      });
      build.onEnd(async (result) => {
        if (result.errors.length === 0) await write(options.platform, { ...result, started });
        else if (watch) console.log('not built');
      });
    },
  };
  return context({ ...options, entryPoints, plugins: [...(options.plugins ?? []), reporter] });
}

/**
 * Writes what was built, once there are results of `count` builds: each file appears whole, so a
 * build never disturbs who is reading.
 */
function writer(count) {
  const results = new Map();
  return async (name, result) => {
    results.set(name, result);
    if (results.size < count) return;
    const all = [...results.values()];
    const outputs = Object.assign({}, ...all.map(({ metafile }) => metafile.outputs));
    for (const { path, contents } of all.flatMap(({ outputFiles }) => outputFiles))
      replaceFile(relative(root, path), contents);
    replaceFile('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices({ outputs }));
    for (const [file, source] of Object.entries(copies))
      replaceFile(`dist/${file}`, readFileSync(join(root, source)));
    if (!tokensAreFresh()) await writeTokenTables(join(root, 'dist/tokens'));
    const inputs = all.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    writeStamp({
      kind,
      inputs: [
        ...inputs.filter((path) => !/^[\w-]+:/.test(path)),
        ...Object.values(copies),
        ...ownFiles,
      ],
      outputs: [
        ...Object.keys(outputs),
        ...Object.keys(copies).map((file) => `dist/${file}`),
        ...tokenTables,
      ],
      started: Math.min(...all.map(({ started }) => started)),
    });
    if (watch) console.log('built');
  };
}

/** A program gets a first line for the shell and may be executed. */
function replaceFile(path, contents) {
  const isProgram = programs.has(path);
  mkdirSync(join(root, dirname(path)), { recursive: true });
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
