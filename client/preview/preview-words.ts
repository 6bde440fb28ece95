import { l10n } from 'vscode';
import type { PreviewWords } from './messages.ts';

/** The words of the preview's page. */
export function previewWords(): PreviewWords {
  return {
    goldenCase: l10n.t('Golden case'),
    noCases: l10n.t('none: defaults and examples'),
    noRole: l10n.t('no role'),
    tokens: l10n.t('tokens'),
    share: l10n.t('share'),
    part: l10n.t('part'),
    ownText: l10n.t('own text'),
    whereTokensGo: l10n.t('Where the tokens go'),
    showInEditor: l10n.t('Show in the editor'),
    missing: l10n.t('No value, so it is sent as it stands:'),
    empty: l10n.t('This message is empty.'),
    noMessages: l10n.t('This prompt has no messages yet.'),
    medianCall: l10n.t('median call'),
  };
}
