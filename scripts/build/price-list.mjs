/** What is read of the price list; see core/models/price-data.ts. */
const PROVIDER = ['id', 'name', 'models', 'fallback_model_providers'];
const MODEL = ['id', 'name', 'match', 'context_window', 'deprecated', 'prices'];

/**
 * Bundles the data of @pydantic/genai-prices as JSON, without its code: as JavaScript it takes 50 ms and
 * 20 MB to load, parsed from JSON a tenth.
 * @returns {import('esbuild').Plugin}
 */
export function priceList() {
  return {
    name: 'price-list',
    setup(build) {
      build.onResolve({ filter: /^@pydantic\/genai-prices$/ }, ({ path, kind }) =>
        kind === 'entry-point' ? { path, namespace: 'price-list' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'price-list' }, async () => {
        const { waitForUpdate } = await import('@pydantic/genai-prices');
        const providers = (await waitForUpdate()).map((provider) => ({
          ...pick(provider, PROVIDER),
          models: provider.models.map((model) => pick(model, MODEL)),
        }));
        const json = JSON.stringify(JSON.stringify(providers));
        return {
          contents: `export async function waitForUpdate() { return JSON.parse(${json}); }`,
        };
      });
    },
  };
}

/** @param {object} value @param {readonly string[]} keys */
function pick(value, keys) {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}
