import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build as bundle } from 'esbuild';
import { root } from '../process.mjs';

/** An Ajv that keeps the source of what it compiles. */
class SourceAjv extends Ajv {
  constructor(options) {
    super({ ...options, code: { ...options?.code, source: true } });
  }

  compile(schema, meta) {
    return Object.assign(super.compile(schema, meta), { ajv: this });
  }
}

/**
 * Replaces core/schema-validators.ts by the code that ajv wrote for its validators: what ships
 * compiles nothing at run time and works where `new Function` is forbidden.
 * @returns {import('esbuild').Plugin}
 */
export function schemaValidators() {
  return {
    name: 'schema-validators',
    setup(build) {
      let sources = {};
      build.onLoad({ filter: /[\\/]core[\\/]schema-validators\.ts$/ }, async ({ path }) => {
        const { validators, inputs } = await load(path);
        sources = Object.fromEntries(
          Object.entries(validators).map(([name, one]) => [
            name,
            standaloneCode.default(one.ajv, one),
          ]),
        );
        const exports = Object.keys(sources).map(
          (name) => `export { default as ${name} } from 'schema-validator:${name}';`,
        );
        return { contents: exports.join('\n'), watchFiles: inputs };
      });
      build.onResolve({ filter: /^schema-validator:/ }, ({ path }) => ({
        path: path.slice('schema-validator:'.length),
        namespace: 'schema-validator',
      }));
      build.onLoad({ filter: /.*/, namespace: 'schema-validator' }, ({ path }) => ({
        contents: sources[path],
        resolveDir: root,
      }));
    },
  };
}

/** Runs the module with an Ajv that keeps sources, and returns the validators it exports. */
async function load(path) {
  const result = await bundle({
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    external: ['ajv'],
    absWorkingDir: root,
  });
  const module = { exports: {} };
  const require = createRequire(path);
  new Function('module', 'require', result.outputFiles[0].text)(module, (name) =>
    name === 'ajv' ? { Ajv: SourceAjv } : require(name),
  );
  return { validators: module.exports, inputs: Object.keys(result.metafile.inputs) };
}
