import type { WorkspacePrompt } from '#core/protocol.ts';

/** A prompt of the workspace in which only `change` is worth a word. */
export function workspacePrompt(
  path: string,
  change: Partial<WorkspacePrompt> = {},
): WorkspacePrompt {
  return {
    uri: `file:///work/${path}`,
    path,
    promptId: path.replace('.prompt.yaml', ''),
    name: path.replace(/^.*\/|\.prompt\.yaml$/g, ''),
    model: 'acme/chat',
    retirement: null,
    owner: null,
    feature: null,
    tags: [],
    cases: 1,
    hasTestFiles: false,
    tokens: { count: 100, exact: true },
    costPerCall: 0.001,
    costPerMonth: null,
    error: 0,
    warning: 0,
    info: 0,
    hint: 0,
    ...change,
  };
}
