import { openInput, type PromptFile } from '../prompt/open-input.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';

/** The models that a prompt and its judges use, and the project whose settings say where these are. */
export async function readPromptModels(prompt: PromptFile): Promise<{
  readonly project: { readonly root: string; readonly settings: PromptInput['settings'] };
  readonly ids: readonly string[];
}> {
  const { project, settings, prompt: parsed } = await openInput(prompt);
  const judges = parsed.evaluators.map(({ body }) => (body.type === 'llm' ? body.modelId : null));
  const ids = [parsed.model, settings.eval.judge, ...judges];
  return {
    project: { root: project.root, settings },
    ids: ids.filter((id) => id !== null && id !== undefined),
  };
}
