import type { ModelError } from '../model.ts';

/** What a person can do about a failed call, as a sentence; null when the message says it. */
export function suggestRemedy({
  kind,
  status,
}: Pick<ModelError, 'kind' | 'status'>): string | null {
  // A redirect: its message names the address to set.
  if (status !== undefined && status >= 300 && status < 400) return null;
  switch (kind) {
    case 'auth':
      return 'Set a key of this provider that is valid and may use the model.';
    case 'rate-limit':
      return 'Try again later, or set `requestsPerMinute` or a lower `concurrency` for this provider.';
    case 'network':
      return 'Check `baseUrl`, the network and whether the server runs. A `fallback` in the route is asked in its place.';
    case 'timeout':
      return 'Try again, or set a longer `timeoutMs` for this provider.';
    case 'refused':
      return 'Change what its content filter may object to, or choose another model.';
    case 'bad-request':
      return 'Change what the message names, in the prompt or its `modelParameters`, or choose another model.';
    case 'context-length':
      return 'Shorten the prompt or its values, or choose a model with a larger window.';
    case 'bad-answer':
      return 'Check that `baseUrl` is that of an OpenAI-compatible interface: most end in /v1.';
    case 'unavailable':
      return 'Try again later. A `fallback` in the route is asked in its place.';
    default:
      return kind satisfies never;
  }
}
