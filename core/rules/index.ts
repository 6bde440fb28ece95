import type { Rule } from '../lint/rule.ts';
import { adversarialCaseCannotFail } from './adversarial-case-cannot-fail.ts';
import { bidiControl } from './bidi-control.ts';
import { budgetExceeded } from './budget-exceeded.ts';
import { cacheBreakingVariable } from './cache-breaking-variable.ts';
import { chatControlToken } from './chat-control-token.ts';
import { contextOverflow } from './context-overflow.ts';
import { controlOrOddSpace } from './control-or-odd-space.ts';
import { delimiterCollision } from './delimiter-collision.ts';
import { duplicateCase } from './duplicate-case.ts';
import { duplicateInstruction } from './duplicate-instruction.ts';
import { encodedInstruction } from './encoded-instruction.ts';
import { evaluatorAlias } from './evaluator-alias.ts';
import { expressionInYamlInput } from './expression-in-yaml-input.ts';
import { foldedNewline } from './folded-newline.ts';
import { foreignTemplateSyntax } from './foreign-template-syntax.ts';
import { forgeableDelimiter } from './forgeable-delimiter.ts';
import { goldenCaseInPrompt } from './golden-case-in-prompt.ts';
import { guardInLostSystemMessage } from './guard-in-lost-system-message.ts';
import { guardNamesMissingTag } from './guard-names-missing-tag.ts';
import { hardcodedSecret } from './hardcoded-secret.ts';
import { internalEndpoint } from './internal-endpoint.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { jsonSchemaInvalid } from './json-schema-invalid.ts';
import { judgeChoiceShadowed } from './judge-choice-shadowed.ts';
import { judgeChoiceTooShort } from './judge-choice-too-short.ts';
import { judgeTemplateMismatch } from './judge-template-mismatch.ts';
import { judgeUndelimitedCompletion } from './judge-undelimited-completion.ts';
import { missingDataGuard } from './missing-data-guard.ts';
import { missingTestValue } from './missing-test-value.ts';
import { mixedScriptWord } from './mixed-script-word.ts';
import { modelOutputIntoPrompt } from './model-output-into-prompt.ts';
import { multiDocument } from './multi-document.ts';
import { nearDuplicateCase } from './near-duplicate-case.ts';
import { noAcceptance } from './no-acceptance.ts';
import { noAdversarialCase } from './no-adversarial-case.ts';
import { nondisclosureOnlyDefence } from './nondisclosure-only-defence.ts';
import { notAPromptFile } from './not-a-prompt-file.ts';
import { nullValue } from './null-value.ts';
import { outputFormatConflict } from './output-format-conflict.ts';
import { outputUnbounded } from './output-unbounded.ts';
import { parameterSpelling } from './parameter-spelling.ts';
import { passThresholdTrap } from './pass-threshold-trap.ts';
import { payloadInFewshot } from './payload-in-fewshot.ts';
import { payloadInInstructions } from './payload-in-instructions.ts';
import { payloadInTestData } from './payload-in-test-data.ts';
import { piiInPrompt } from './pii-in-prompt.ts';
import { placeholderInTestData } from './placeholder-in-test-data.ts';
import { reasoningParameterConflict } from './reasoning-parameter-conflict.ts';
import { retiredModel } from './retired-model.ts';
import { roleNotLiteral } from './role-not-literal.ts';
import { rowAlias } from './row-alias.ts';
import { runnerSubstitutesBeforeParse } from './runner-substitutes-before-parse.ts';
import { schema } from './schema.ts';
import { secretBehindNondisclosure } from './secret-behind-nondisclosure.ts';
import { settings } from './settings.ts';
import { severalCriteria } from './several-criteria.ts';
import { similarityWithoutExpected } from './similarity-without-expected.ts';
import { smallGoldenSet } from './small-golden-set.ts';
import { tagCharacter } from './tag-character.ts';
import { tooLarge } from './too-large.ts';
import { toolsWithUntrustedInput } from './tools-with-untrusted-input.ts';
import { transcriptRoleSpoofing } from './transcript-role-spoofing.ts';
import { typeMismatch } from './type-mismatch.ts';
import { unbalancedDataTag } from './unbalanced-data-tag.ts';
import { unboundedVariable } from './unbounded-variable.ts';
import { undeclaredVariable } from './undeclared-variable.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { undelimitedUntrusted } from './undelimited-untrusted.ts';
import { unknownKey } from './unknown-key.ts';
import { unknownModel } from './unknown-model.ts';
import { unknownSuppression } from './unknown-suppression.ts';
import { unquotedTemplate } from './unquoted-template.ts';
import { unrunnableEvaluator } from './unrunnable-evaluator.ts';
import { untrustedInAssistantTurn } from './untrusted-in-assistant-turn.ts';
import { untrustedInSystem } from './untrusted-in-system.ts';
import { untrustedInsideInstruction } from './untrusted-inside-instruction.ts';
import { untrustedReachesSystem } from './untrusted-reaches-system.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { unusedTestKey } from './unused-test-key.ts';
import { unusedVariable } from './unused-variable.ts';
import { variableInUrl } from './variable-in-url.ts';
import { variationSelectorPayload } from './variation-selector-payload.ts';
import { versionNotBumped } from './version-not-bumped.ts';
import { yamlSyntax } from './yaml-syntax.ts';
import { zeroThreshold } from './zero-threshold.ts';

/** Every rule, group by group. A new rule is one more line in its group. */
export const rules: readonly Rule[] = [
  // format: the file and its parts
  yamlSyntax,
  notAPromptFile,
  multiDocument,
  tooLarge,
  schema,
  unknownKey,
  unquotedTemplate,
  foldedNewline,
  parameterSpelling,
  unknownModel,
  retiredModel,
  jsonSchemaInvalid,
  versionNotBumped,
  // format: test data and evaluators
  rowAlias,
  duplicateCase,
  unrunnableEvaluator,
  evaluatorAlias,
  severalCriteria,
  similarityWithoutExpected,
  passThresholdTrap,
  zeroThreshold,
  noAcceptance,
  // format: settings and comments
  settings,
  unknownSuppression,
  unusedSuppression,
  // variables
  undefinedVariable,
  undeclaredVariable,
  unusedVariable,
  missingTestValue,
  unusedTestKey,
  typeMismatch,
  nullValue,
  foreignTemplateSyntax,
  // template injection
  untrustedInSystem,
  undelimitedUntrusted,
  untrustedInsideInstruction,
  forgeableDelimiter,
  delimiterCollision,
  unbalancedDataTag,
  missingDataGuard,
  guardNamesMissingTag,
  transcriptRoleSpoofing,
  chatControlToken,
  roleNotLiteral,
  untrustedInAssistantTurn,
  variableInUrl,
  placeholderInTestData,
  guardInLostSystemMessage,
  // hidden text
  bidiControl,
  tagCharacter,
  invisibleCharacter,
  variationSelectorPayload,
  mixedScriptWord,
  controlOrOddSpace,
  encodedInstruction,
  // secrets and personal data
  hardcodedSecret,
  secretBehindNondisclosure,
  nondisclosureOnlyDefence,
  piiInPrompt,
  internalEndpoint,
  // files
  runnerSubstitutesBeforeParse,
  expressionInYamlInput,
  untrustedReachesSystem,
  toolsWithUntrustedInput,
  modelOutputIntoPrompt,
  // judges
  judgeUndelimitedCompletion,
  judgeTemplateMismatch,
  judgeChoiceShadowed,
  judgeChoiceTooShort,
  // payloads and golden set
  payloadInTestData,
  payloadInFewshot,
  payloadInInstructions,
  noAdversarialCase,
  adversarialCaseCannotFail,
  goldenCaseInPrompt,
  nearDuplicateCase,
  smallGoldenSet,
  // cost and limits
  contextOverflow,
  budgetExceeded,
  reasoningParameterConflict,
  outputUnbounded,
  unboundedVariable,
  cacheBreakingVariable,
  // contradictions
  outputFormatConflict,
  duplicateInstruction,
];
