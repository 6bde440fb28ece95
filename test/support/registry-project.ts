import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { folderWith, promptsmith } from './cli.ts';
import { commitAll } from './git.ts';

/** The prompt of the project, with another text. */
export const samplePrompt = (text: string, more = '') => `model: openai/gpt-4o-mini
messages: [{ role: user, content: "${text} {{word}}" }]
testFiles: [say.csv]
evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
${more}`;
const answers = ['one', 'two', 'three']
  .map((word) => `${JSON.stringify({ case: word, text: word })}\n`)
  .join('');

/** A committed project with one prompt, its test file and recorded answers; `good` expects exit code 0. */
/** The policy of projects whose answers are written by hand. */
const SAMPLES = 'promotion: { production: { evidence: samples } }\n';

export async function registryProject(t: TestContext, settings = SAMPLES) {
  const cwd = await folderWith(t, {
    '.promptsmith.yaml': settings,
    'team/say.prompt.yaml': samplePrompt('Say'),
    'team/say.csv': 'word,__description\none,one\ntwo,two\nthree,three\n',
    'team/recordings/say.jsonl': answers,
    '.gitignore': '.promptsmith\n',
  });
  commitAll(cwd, 'first');
  const file = join(cwd, 'team/say.prompt.yaml');
  const run = async (...args: string[]) =>
    await promptsmith(args, { cwd, env: { USER: 'ada', XDG_CONFIG_HOME: join(cwd, '.config') } });
  const good = async (...args: string[]) => {
    const result = await run(...args);
    assert.equal(result.code, 0, result.stdout + result.stderr);
    return result.stdout;
  };
  return { cwd, file, run, good };
}
