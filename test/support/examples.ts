import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { EvalWorld } from '#app/eval/eval-world.ts';
import { ModelAccess } from '#app/models/access.ts';
import { Projects } from '#app/prompt/project.ts';
import { type PromptInput, readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge, today } from '#app/prompt/prompt-knowledge.ts';
import type { Model, ModelRequest } from '#core/eval/model.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { createReplayModel, getRecordingsPath, readRecordings } from '#io/models/recordings.ts';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { root } from '../../scripts/process.mjs';
import { evalWorldIn } from './eval-world.ts';
import { tokenTables } from './token-tables.ts';

/** The example prompts, as paths from their root. */
export const EXAMPLES = [
  'docs/summarize.prompt.yaml',
  'flawed/reply.prompt.yaml',
  'i18n/translate.prompt.yaml',
  'rag/answer.prompt.yaml',
  'review/code-review.prompt.yaml',
  'support/triage.prompt.yaml',
] as const;

/** A copy of the examples without runs, gone after the test. */
export async function copyExamples(t: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'promptsmith-examples-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const isSource = (path: string) => !path.includes('.promptsmith/');
  await cp(join(root, 'examples'), folder, { recursive: true, filter: isSource });
  return folder;
}

export async function readExample(cwd: string, path: string): Promise<PromptInput> {
  return await readPromptInput(join(cwd, path), cwd, new Projects(cwd));
}

/**
 * The world of an eval whose models give the sample answers of a prompt file and bill what these and the
 * requests have in tokens.
 */
export async function sampleWorldIn(cwd: string, promptFile: string): Promise<EvalWorld> {
  const knowledge = new PromptKnowledge(today(), createFileTokenizer(await tokenTables()));
  const samples = createReplayModel(await readRecordings(getRecordingsPath(promptFile)));
  const models = await knowledge.catalogue({});
  const counter = await knowledge.encodingCounter('openai/gpt-4o-mini', models);
  const openai = billedModel(samples, counter);
  return {
    ...(await evalWorldIn(cwd)),
    knowledge,
    openAccess: (project) =>
      ModelAccess.open({ ...project, env: {}, consents: [], hosted: { openai } }),
  };
}

function billedModel(model: Model, counter: Counter): Model {
  return {
    async *complete(request, signal) {
      for await (const part of model.complete(request, signal)) {
        if (part.kind !== 'end') yield part;
        else {
          const { answer } = part;
          const usage = { input: countInput(request, counter), output: counter.count(answer.text) };
          yield { kind: 'end', answer: { ...answer, usage } };
        }
      }
    },
  };
}

function countInput({ messages, jsonSchema }: ModelRequest, counter: Counter): number {
  const schema = jsonSchema === undefined ? 0 : counter.count(JSON.stringify(jsonSchema));
  return messages.reduce((sum, { content }) => sum + 4 + counter.count(content), 3 + schema);
}
