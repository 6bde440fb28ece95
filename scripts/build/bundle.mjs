import { root } from '../process.mjs';
import { lazyModules } from './lazy-modules.mjs';
import { refuseNeverBundled } from './never-bundled.mjs';
import { priceList } from './price-list.mjs';
import { schemaValidators } from './schema-validators.mjs';

/**
 * How every bundle is made: CommonJS for Node 22, since VS Code's oldest supported extension host is
 * that. Small and without source maps for shipping, readable for development.
 * @param {{ development: boolean }} how
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions({ development }) {
  return {
    absWorkingDir: root,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify: !development,
    sourcemap: development ? 'inline' : false,
    legalComments: 'none',
    // pg takes a driver in C and Cloudflare's sockets where it finds them.
    external: ['vscode', 'pg-native', 'pg-cloudflare'],
    // `import()` becomes `require()`: our own files are then read without Node's module loader.
    supported: { 'dynamic-import': false },
    // A bundle is CommonJS, where `import.meta` says nothing.
    define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [priceList(), refuseNeverBundled(), lazyModules(), schemaValidators()],
    write: false,
    metafile: true,
    logLevel: 'warning',
  };
}

/**
 * How the scripts of webviews are made: for the browser inside VS Code 1.103 (Chromium 138).
 * @param {{ development: boolean }} how
 * @returns {import('esbuild').BuildOptions}
 */
export function webviewOptions({ development }) {
  return {
    absWorkingDir: root,
    outdir: 'dist/webview',
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome138',
    tsconfig: 'tsconfig.webview.json',
    minify: !development,
    sourcemap: development ? 'inline' : false,
    legalComments: 'none',
    plugins: [refuseNeverBundled()],
    write: false,
    metafile: true,
    logLevel: 'warning',
  };
}
