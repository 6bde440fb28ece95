import { parentPort } from 'node:worker_threads';

/*
 * A worker that tells the patterns which the lint makes with `new RegExp`, of modules and of rules: in
 * a thread of its own nothing is loaded before it looks on.
 */
const made = new Map<string, { readonly source: string; readonly flags: string }>();
globalThis.RegExp = new Proxy(globalThis.RegExp, {
  construct(target, [source, flags]: [string | RegExp, string?]) {
    const pattern = new target(source, flags);
    made.set(String(pattern), { source: pattern.source, flags: pattern.flags });
    return pattern;
  },
});
const { lint } = await import('#core/lint/engine/lint.ts');
const { parsePrompt } = await import('#core/prompt/parse.ts');
const { rules } = await import('#core/rules/index.ts');
for (const { docs } of rules) lint({ prompt: parsePrompt(docs.bad) }, rules);
parentPort?.postMessage([...made.values()]);
