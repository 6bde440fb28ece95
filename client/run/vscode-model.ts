import {
  CancellationTokenSource,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelError,
  lm,
} from 'vscode';
import type { Model, ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { mergeSystemMessages } from '#core/eval/plan/merge-system-messages.ts';
import { selectSent } from '#core/eval/plan/select-sent.ts';

/**
 * VS Code's own language models (Copilot's and those of other extensions), as `vscode/<vendor>/<model>`.
 * There is no system role: its text goes first in the user message. Parameters and token counts do not
 * exist there, so usage is unknown.
 */
export function createVscodeModel(): Model {
  return {
    async *complete(request, signal): AsyncGenerator<ModelPart> {
      signal.throwIfAborted();
      const cancellation = new CancellationTokenSource();
      const cancel = () => cancellation.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        yield* stream(request, cancellation, signal);
      } catch (error) {
        signal.throwIfAborted();
        yield { kind: 'error', error: toModelError(error) };
      } finally {
        signal.removeEventListener('abort', cancel);
        // Ends the call when the reader leaves early.
        cancellation.cancel();
        cancellation.dispose();
      }
    },
  };
}

/** The ids of the models that VS Code has, as prompts name them. */
export async function listVscodeModelIds(): Promise<string[]> {
  return (await lm.selectChatModels()).map(({ vendor, id }) => `vscode/${vendor}/${id}`);
}

async function* stream(
  request: ModelRequest,
  { token }: CancellationTokenSource,
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  const model = await findModel(request.model);
  if (!model) {
    const message = `VS Code has no language model ${request.model}. Check that the extension that provides it is installed and that you are signed in.`;
    return yield { kind: 'error', error: { kind: 'not-found', message } };
  }
  const start = performance.now();
  const messages = mergeSystemMessages(request.messages).map(({ role, content }) =>
    role === 'assistant'
      ? LanguageModelChatMessage.Assistant(content)
      : LanguageModelChatMessage.User(content),
  );
  const justification = 'Promptsmith runs your prompt with this model.';
  const response = await model.sendRequest(messages, { justification }, token);
  let text = '';
  let firstTokenMs: number | undefined;
  for await (const part of response.text) {
    if (part === '') continue;
    firstTokenMs ??= performance.now() - start;
    text += part;
    yield { kind: 'text', text: part };
  }
  signal.throwIfAborted();
  const { changes } = selectSent(request);
  yield {
    kind: 'end',
    answer: {
      text,
      // The API does not report a finish reason.
      finishReason: 'other',
      usage: null,
      latencyMs: performance.now() - start,
      servedBy: `${model.vendor}/${model.id}`,
      ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
      ...(changes.length === 0 ? {} : { changes }),
    },
  };
}

/** `<vendor>/<id or family>`, or the one or the other alone. */
async function findModel(name: string): Promise<LanguageModelChat | undefined> {
  const models = await lm.selectChatModels();
  const fits = ({ vendor, id, family }: LanguageModelChat) =>
    [`${vendor}/${id}`, `${vendor}/${family}`, id, family].includes(name);
  return models.find(({ vendor, id }) => `${vendor}/${id}` === name) ?? models.find(fits);
}

function toModelError(error: unknown): ModelError {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof LanguageModelError ? error.code : '';
  switch (code) {
    case LanguageModelError.NoPermissions.name:
      return { kind: 'auth', message: `VS Code denied access to the model: ${message}` };
    case LanguageModelError.Blocked.name:
      return { kind: 'refused', message: `The request was blocked: ${message}` };
    case LanguageModelError.NotFound.name:
      return { kind: 'not-found', message };
    default:
      return { kind: 'unavailable', message };
  }
}
