import { keepCompiledCode } from '#io/compile-cache.ts';

// The program is a file of its own: only what is loaded from here on comes from the cache.
keepCompiledCode();
void import('./main.ts');
