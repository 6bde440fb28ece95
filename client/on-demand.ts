/*
 * What calls models, runs and reads evals, and opens the registry, in a bundle of its own
 * (`dist/on-demand.cjs`) that is loaded when first needed, so that opening a workspace stays light. The
 * rest of the extension imports it with `await import`; files in here import each other directly.
 * Classes of errors are the same only within the bundle: whether an error is a `UserError` is asked inside.
 */
export {
  casesOf,
  closeEval,
  hasChanged,
  isStale,
  modelsOf,
  runEval,
  spentSince,
  storedRuns,
} from '#app/eval/prepare-eval.ts';
export { publishedVersions } from '#app/eval/published-versions.ts';
export { Playground } from './playground/playground.ts';
export { actions, runAction } from './registry/actions.ts';
export { RegistryView } from './registry/registry-view.ts';
export { openAccess, openReadyAccess } from './run/open-access.ts';
export { removeApiKey, setApiKey } from './run/set-api-key.ts';
export { tryPrepareEval } from './testing/prepare-eval.ts';
export { exportRun, readCase, readResults } from './testing/run-results.ts';
export { storedRegistry } from './testing/stored-registry.ts';
