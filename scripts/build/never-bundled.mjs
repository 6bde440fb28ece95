import { neverBundled } from './entries.mjs';

/**
 * Refuses to bundle packages that are for the user to install. Code of ours finds them at run time.
 * @returns {import('esbuild').Plugin}
 */
export function refuseNeverBundled() {
  const filter = new RegExp(`^(${neverBundled.join('|')})(/|$)`);
  return {
    name: 'never-bundled',
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({
        errors: [{ text: `${path} is never bundled: load it at run time` }],
      }));
    },
  };
}
