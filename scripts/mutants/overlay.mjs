import { registerHooks } from 'node:module';

// Loaded with `--import`: gives one module another source, in this process alone.
const { url, text } = JSON.parse(process.env.PROMPTSMITH_MUTANT ?? '{}');

registerHooks({
  load(address, context, next) {
    const loaded = next(address, context);
    return address === url ? { ...loaded, source: text } : loaded;
  },
});
