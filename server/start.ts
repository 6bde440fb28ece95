import { keepCompiledCode, writeCompiledCodeAfter } from '#io/compile-cache.ts';

/** By then a server has answered most kinds of requests, in milliseconds. */
const WARM = 10_000;

// The server is a file of its own: only what is loaded from here on comes from the cache.
keepCompiledCode();
writeCompiledCodeAfter(WARM);
void import('./main.ts');
