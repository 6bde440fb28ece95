/*
 * What prepares and reads evaluations, in a file of its own (`dist/evaluator.cjs`): commands and views load
 * it when somebody runs something, so that opening a workspace stays light.
 */
export * from '#app/eval/prepare-eval.ts';
export { publishedVersions } from '#app/eval/published-versions.ts';
export { exportRun, readCase, readResults } from './run-results.ts';
export { storedRegistry } from './stored-registry.ts';
