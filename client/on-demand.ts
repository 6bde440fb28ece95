/*
 * What calls models, runs and reads evals, and opens the registry, in a bundle of its own
 * (`dist/on-demand.cjs`) that is loaded when first needed, so that opening a workspace stays light. The
 * rest of the extension imports it with `await import`; files in here import each other directly.
 * Classes of errors are the same only within the bundle: whether an error is a `UserError` is asked inside.
 */
export { listRuns, readRunState } from '#app/eval/project-runs.ts';
export { readPromptModels } from '#app/eval/prompt-models.ts';
export { listPublishedVersions } from '#app/eval/published-versions.ts';
export { readCases } from '#app/eval/read-cases.ts';
export { openSpending } from '#app/eval/spending-booking.ts';
export { differsFromHead } from '#app/prompt/changed-prompts.ts';
export { getRecordingsPath } from '#io/models/recordings.ts';
export { Playground } from './playground/playground.ts';
export { actions, runAction } from './registry/actions.ts';
export { RegistryView } from './registry/registry-view.ts';
export { convertPromptTestFiles } from './run/convert-test-files.ts';
export { openAccess, openReadyAccess } from './run/open-access.ts';
export { removeApiKey, setApiKey } from './run/set-api-key.ts';
export { updateModelFacts } from './run/update-model-facts.ts';
export { exportRun } from './testing/export-run.ts';
export { openStoredRegistry } from './testing/open-stored-registry.ts';
export { pickEvalModels } from './testing/pick-eval-models.ts';
export { planPrompt } from './testing/plan-prompt.ts';
export { readCase } from './testing/read-case.ts';
export { readResults } from './testing/read-results.ts';
