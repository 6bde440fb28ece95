import { createOpenaiModel, type OpenaiModel } from '#io/models/openai.ts';
import type { ModelAccess } from './access.ts';

/** The models that a project has access to, as one: each call goes to its provider. */
export function createAccessModel(access: ModelAccess): OpenaiModel {
  const remote = createOpenaiModel((provider) => {
    const endpoint = access.endpoint(provider);
    return 'error' in endpoint ? { error: { kind: 'auth', message: endpoint.error } } : endpoint;
  });
  return {
    complete: (request, signal) =>
      (access.hosted(request.provider) ?? remote).complete(request, signal),
    close: () => remote.close(),
  };
}
