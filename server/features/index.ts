import type { Feature } from '../feature.ts';
import { codeAction } from './code-action.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { documentHighlight } from './document-highlight.ts';
import { documentLink } from './document-link.ts';
import { documentSymbol } from './document-symbol.ts';
import { foldingRange } from './folding-range.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { prompts } from './prompts.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { renderPrompt } from './render.ts';
import { safeFixes } from './safe-fixes.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { summary } from './summary.ts';
import { workspaceSymbol } from './workspace-symbol.ts';

/** All LSP features, one file each. */
export const features: readonly Feature[] = [
  inlayHint,
  hover,
  completion,
  definition,
  references,
  documentHighlight,
  rename,
  codeAction,
  codeLens,
  documentSymbol,
  foldingRange,
  selectionRange,
  documentLink,
  semanticTokens,
  workspaceSymbol,
  summary,
  renderPrompt,
  prompts,
  safeFixes,
];
