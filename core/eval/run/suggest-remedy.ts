import type { ModelError } from '../model.ts';

/** Suggests what to do about a failed call; null if the error's message does. */
export function suggestRemedy({
  kind,
  status,
}: Pick<ModelError, 'kind' | 'status'>): string | null {
  // A redirect: its message contains the address to set.
  if (status !== undefined && status >= 300 && status < 400) return null;
  // A proxy: its message names the variable.
  if (status === 407) return null;
  switch (kind) {
    case 'auth':
      return 'Set a valid key of this provider with access to the model.';
    case 'quota':
      return 'Add credit to the account, or choose another provider.';
    case 'not-found':
      return 'Check the model’s name and `baseUrl`, and that your key has access to the model.';
    case 'not-recorded':
      return null;
    case 'rate-limit':
      return 'Try again later, or set `requestsPerMinute` or a lower `concurrency` for this provider.';
    case 'network':
      return 'Check `baseUrl`, the network, and that the server is running. A `fallback` in the route is used instead.';
    case 'timeout':
      return 'Try again, or set a longer `timeoutMs` for this provider.';
    case 'refused':
      return 'Change what the provider’s content filter may object to, or choose another model.';
    case 'bad-request':
      return 'Correct the prompt or its `modelParameters` as the message says, or choose another model.';
    case 'context-length':
      return 'Shorten the prompt or its values, or choose a model with a larger context window.';
    case 'bad-answer':
      return 'Check that `baseUrl` is an OpenAI-compatible API; most end in /v1.';
    case 'unavailable':
      return 'Try again later. A `fallback` in the route is used instead.';
    default:
      return kind satisfies never;
  }
}
