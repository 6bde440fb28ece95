import { createRemoteModel, type RemoteModel } from '#io/models/remote-model.ts';
import type { ModelAccess } from './access.ts';

/** The models that a project has access to, as one: each call goes to its provider. */
export function createAccessModel(access: ModelAccess): RemoteModel {
  const remote = createRemoteModel((provider) => {
    const endpoint = access.endpoint(provider);
    return 'error' in endpoint ? { error: { kind: 'auth', message: endpoint.error } } : endpoint;
  });
  return {
    complete: (request, signal) =>
      (access.hosted(request.provider) ?? remote).complete(request, signal),
    close: () => remote.close(),
  };
}
