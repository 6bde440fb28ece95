import type { EvalWorld } from '#app/eval/eval-world.ts';
import { ModelAccess } from '#app/models/access.ts';
import { findPrompt } from '#app/prompt/find-prompt.ts';
import { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { tokenTables } from './token-tables.ts';

/** The world of an eval in a folder: no keys, no registry, prices and token tables of one day. */
export async function evalWorldIn(cwd: string): Promise<EvalWorld> {
  return {
    openPrompt: (path) => findPrompt(path, cwd),
    tool: 'promptsmith test',
    knowledge: new PromptKnowledge('2026-11-21', createFileTokenizer(await tokenTables())),
    openAccess: (project) => ModelAccess.open({ ...project, env: {}, consents: [] }),
    openRegistry: () => Promise.reject(new Error('no registry in this test')),
  };
}
