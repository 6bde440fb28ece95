import { join, relative, sep } from 'node:path';
import { root } from '../process.mjs';
import { lazyPackages, lazySources } from './entries.mjs';

/**
 * Turns `import('openai')` into loading `./openai.cjs` beside the bundle, and imports of our own lazy
 * modules likewise. A static import of either would pull it into the bundle, so it is an error.
 * @returns {import('esbuild').Plugin}
 */
export function lazyModules() {
  const names = Object.keys(lazyPackages);
  const filter = new RegExp(`^(${names.join('|')})$`);
  return {
    name: 'lazy-modules',
    setup(build) {
      build.onResolve({ filter }, ({ path, kind, importer }) => {
        if (kind === 'entry-point' || importer.includes('node_modules')) return undefined;
        if (kind === 'dynamic-import') return { path, namespace: 'lazy' };
        return {
          errors: [{ text: `${path} is loaded when first needed: use await import('${path}')` }],
        };
      });
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind, importer, resolveDir }) => {
        const source = relative(root, join(resolveDir, path)).split(sep).join('/');
        if (!(source in lazySources) || kind === 'entry-point') return undefined;
        if (kind === 'dynamic-import') return { path: source, namespace: 'lazy' };
        return {
          errors: [
            {
              text: `${path} is loaded when first needed: await import it`,
              location: { file: importer },
            },
          ],
        };
      });
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => {
        if (path in lazySources) {
          return { contents: `module.exports = require("./${lazySources[path]}.cjs");` };
        }
        // Written as a module, so that named and default exports arrive as from the package itself.
        const file = JSON.stringify(`./${lazyPackages[path]}.cjs`);
        return { contents: `export * from ${file};\nexport { default } from ${file};\n` };
      });
      build.onResolve({ filter: /^\.\//, namespace: 'lazy' }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
}
