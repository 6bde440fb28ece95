/**
 * The version of the Messages API that requests are written for. The later 2026-10-21 refuses `temperature` and
 * `top_p` for all models.
 */
export const MESSAGES_VERSION = '2023-06-01';

/**
 * What stands before `/v1/messages` in the address: some give the address of the interface with its `/v1`, as for
 * Chat Completions, others without it, as for Anthropic's packages.
 */
export function findMessagesRoot(baseUrl: string): string {
  return baseUrl.replace(/\/v1$/, '');
}
