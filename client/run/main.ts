/*
 * What calls models, in a file of its own (`dist/run.cjs`): commands and views load it when somebody
 * runs something, so that opening a workspace stays light.
 */
export { Playground } from '../playground/playground.ts';
export { openAccess, openReadyAccess } from './open-access.ts';
export { removeApiKey, setApiKey } from './set-api-key.ts';
