/*
 * What opens the registry, in a file of its own (`dist/releases.cjs`): loaded when the workspace has prompts
 * and is trusted, or when a command is called.
 */
export { actions, runAction } from './actions.ts';
export { RegistryView } from './registry-view.ts';
