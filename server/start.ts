import { keepCompiledCode, writeCompiledCodeAfter } from '#io/compile-cache.ts';

/** Delay before the compile cache is written, in milliseconds. By then, most code paths are compiled. */
const WARM_UP_TIME = 10_000;

// The server is a separate file, because only modules loaded after this call come from the cache.
keepCompiledCode();
writeCompiledCodeAfter(WARM_UP_TIME);
void import('./main.ts');
