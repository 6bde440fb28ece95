import { l10n } from 'vscode';
import type { PlaygroundWords } from './messages.ts';

/** The words of the playground's page. */
export function playgroundWords(): PlaygroundWords {
  return {
    run: l10n.t('Run'),
    stop: l10n.t('Stop'),
    models: l10n.t('Models…'),
    compareRevision: l10n.t('Compare with Revision…'),
    history: l10n.t('History…'),
    copyAs: l10n.t('Copy as…'),
    goldenCase: l10n.t('Golden case'),
    noCase: l10n.t('none: defaults'),
    variables: l10n.t('Variables'),
    noVariables: l10n.t('This prompt has no variables.'),
    required: l10n.t('required'),
    sent: l10n.t('What is sent'),
    startOver: l10n.t('Start Over'),
    answers: l10n.t('Answers'),
    noAnswers: l10n.t('Nothing has been run yet.'),
    save: l10n.t('Save as Golden Case…'),
    check: l10n.t('Run Checks'),
    diff: l10n.t('Differences'),
    setKey: l10n.t('Set API Key…'),
    openText: l10n.t('Open as Text'),
    reply: l10n.t('Go on with the conversation'),
    send: l10n.t('Send'),
    asTree: l10n.t('as a tree'),
    asText: l10n.t('as text'),
    passed: l10n.t('passed'),
    failed: l10n.t('failed'),
    notMeasured: l10n.t('not measured'),
    expected: l10n.t('expected'),
    actual: l10n.t('actual'),
    phases: {
      waiting: l10n.t('waiting for the first token'),
      streaming: l10n.t('answering'),
      done: l10n.t('complete'),
      stopped: l10n.t('stopped'),
      failed: l10n.t('failed'),
    },
  };
}
