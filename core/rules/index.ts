import type { Rule } from '../lint/engine/rule.ts';
import { duplicateInstruction } from './contradictions/duplicate-instruction.ts';
import { outputFormatConflict } from './contradictions/output-format-conflict.ts';
import { budgetExceeded } from './cost/budget-exceeded.ts';
import { cacheBreakingVariable } from './cost/cache-breaking-variable.ts';
import { contextOverflow } from './cost/context-overflow.ts';
import { outputUnbounded } from './cost/output-unbounded.ts';
import { parameterNotSent } from './cost/parameter-not-sent.ts';
import { reasoningParameterConflict } from './cost/reasoning-parameter-conflict.ts';
import { unboundedVariable } from './cost/unbounded-variable.ts';
import { expressionInYamlInput } from './files/expression-in-yaml-input.ts';
import { missingPromptFile } from './files/missing-prompt-file.ts';
import { modelOutputIntoPrompt } from './files/model-output-into-prompt.ts';
import { runnerSubstitutesBeforeParse } from './files/runner-substitutes-before-parse.ts';
import { toolsWithUntrustedInput } from './files/tools-with-untrusted-input.ts';
import { untrustedReachesSystem } from './files/untrusted-reaches-system.ts';
import { checkCannotFail } from './format/check-cannot-fail.ts';
import { duplicateCase } from './format/duplicate-case.ts';
import { evaluatorAlias } from './format/evaluator-alias.ts';
import { fileEncoding } from './format/file-encoding.ts';
import { foldedList } from './format/folded-list.ts';
import { foldedNewline } from './format/folded-newline.ts';
import { jsonNotMentioned } from './format/json-not-mentioned.ts';
import { jsonSchemaInvalid } from './format/json-schema-invalid.ts';
import { multiDocument } from './format/multi-document.ts';
import { noAcceptance } from './format/no-acceptance.ts';
import { noUserMessage } from './format/no-user-message.ts';
import { notAPromptFile } from './format/not-a-prompt-file.ts';
import { parameterSpelling } from './format/parameter-spelling.ts';
import { passThresholdTrap } from './format/pass-threshold-trap.ts';
import { retiredModel } from './format/retired-model.ts';
import { rowAlias } from './format/row-alias.ts';
import { sameRequest } from './format/same-request.ts';
import { schema } from './format/schema.ts';
import { settings } from './format/settings.ts';
import { severalCriteria } from './format/several-criteria.ts';
import { similarityWithoutExpected } from './format/similarity-without-expected.ts';
import { testFile } from './format/test-file.ts';
import { tooLarge } from './format/too-large.ts';
import { uncheckedExpected } from './format/unchecked-expected.ts';
import { unknownKey } from './format/unknown-key.ts';
import { unknownModel } from './format/unknown-model.ts';
import { unknownSuppression } from './format/unknown-suppression.ts';
import { unknownTag } from './format/unknown-tag.ts';
import { unpinnedModel } from './format/unpinned-model.ts';
import { unquotedTemplate } from './format/unquoted-template.ts';
import { unrunnableEvaluator } from './format/unrunnable-evaluator.ts';
import { unusedSuppression } from './format/unused-suppression.ts';
import { versionNotBumped } from './format/version-not-bumped.ts';
import { yamlSyntax } from './format/yaml-syntax.ts';
import { zeroThreshold } from './format/zero-threshold.ts';
import { adversarialCaseCannotFail } from './golden-set/adversarial-case-cannot-fail.ts';
import { goldenCaseInPrompt } from './golden-set/golden-case-in-prompt.ts';
import { nearDuplicateCase } from './golden-set/near-duplicate-case.ts';
import { noAdversarialCase } from './golden-set/no-adversarial-case.ts';
import { payloadInFewshot } from './golden-set/payload-in-fewshot.ts';
import { payloadInInstructions } from './golden-set/payload-in-instructions.ts';
import { payloadInTestData } from './golden-set/payload-in-test-data.ts';
import { smallGoldenSet } from './golden-set/small-golden-set.ts';
import { bidiControl } from './hidden-text/bidi-control.ts';
import { controlOrOddSpace } from './hidden-text/control-or-odd-space.ts';
import { encodedInstruction } from './hidden-text/encoded-instruction.ts';
import { invisibleCharacter } from './hidden-text/invisible-character.ts';
import { mixedScriptWord } from './hidden-text/mixed-script-word.ts';
import { tagCharacter } from './hidden-text/tag-character.ts';
import { variationSelectorPayload } from './hidden-text/variation-selector-payload.ts';
import { chatControlToken } from './injection/chat-control-token.ts';
import { delimiterCollision } from './injection/delimiter-collision.ts';
import { forgeableDelimiter } from './injection/forgeable-delimiter.ts';
import { guardInLostSystemMessage } from './injection/guard-in-lost-system-message.ts';
import { guardNamesMissingTag } from './injection/guard-names-missing-tag.ts';
import { missingDataGuard } from './injection/missing-data-guard.ts';
import { placeholderInTestData } from './injection/placeholder-in-test-data.ts';
import { roleNotLiteral } from './injection/role-not-literal.ts';
import { transcriptRoleSpoofing } from './injection/transcript-role-spoofing.ts';
import { unbalancedDataTag } from './injection/unbalanced-data-tag.ts';
import { undelimitedUntrusted } from './injection/undelimited-untrusted.ts';
import { untrustedInAssistantTurn } from './injection/untrusted-in-assistant-turn.ts';
import { untrustedInSystem } from './injection/untrusted-in-system.ts';
import { untrustedInsideInstruction } from './injection/untrusted-inside-instruction.ts';
import { variableInUrl } from './injection/variable-in-url.ts';
import { judgeChoiceShadowed } from './judges/judge-choice-shadowed.ts';
import { judgeChoiceTooShort } from './judges/judge-choice-too-short.ts';
import { judgeTemplateMismatch } from './judges/judge-template-mismatch.ts';
import { judgeUndelimitedCompletion } from './judges/judge-undelimited-completion.ts';
import { hardcodedSecret } from './secrets/hardcoded-secret.ts';
import { internalEndpoint } from './secrets/internal-endpoint.ts';
import { nondisclosureOnlyDefence } from './secrets/nondisclosure-only-defence.ts';
import { piiInPrompt } from './secrets/pii-in-prompt.ts';
import { secretBehindNondisclosure } from './secrets/secret-behind-nondisclosure.ts';
import { foreignTemplateSyntax } from './variables/foreign-template-syntax.ts';
import { missingTestValue } from './variables/missing-test-value.ts';
import { nullValue } from './variables/null-value.ts';
import { typeMismatch } from './variables/type-mismatch.ts';
import { undeclaredVariable } from './variables/undeclared-variable.ts';
import { undefinedVariable } from './variables/undefined-variable.ts';
import { unusedTestKey } from './variables/unused-test-key.ts';
import { unusedVariable } from './variables/unused-variable.ts';

/** Every rule, by group. Add a new rule to its group. */
export const rules: readonly Rule[] = [
  // format: the file and its parts
  fileEncoding,
  yamlSyntax,
  notAPromptFile,
  multiDocument,
  tooLarge,
  schema,
  unknownKey,
  unknownTag,
  unquotedTemplate,
  foldedNewline,
  foldedList,
  parameterSpelling,
  unknownModel,
  unpinnedModel,
  retiredModel,
  jsonSchemaInvalid,
  jsonNotMentioned,
  noUserMessage,
  versionNotBumped,
  // format: test data and evaluators
  testFile,
  rowAlias,
  duplicateCase,
  sameRequest,
  unrunnableEvaluator,
  evaluatorAlias,
  severalCriteria,
  similarityWithoutExpected,
  uncheckedExpected,
  passThresholdTrap,
  zeroThreshold,
  checkCannotFail,
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
  missingPromptFile,
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
  parameterNotSent,
  outputUnbounded,
  unboundedVariable,
  cacheBreakingVariable,
  // contradictions
  outputFormatConflict,
  duplicateInstruction,
];
