import { escapeForHtml } from '../../printing/html.ts';
import type { SafeText } from '../../printing/safe-text.ts';
import { showInvisible } from '../../printing/show-invisible.ts';

/**
 * Any text of a run in HTML. Control characters are shown by their code: a bidirectional one would turn
 * around what stands beside it.
 */
export function showInHtml(text: string): SafeText<'html'> {
  return escapeForHtml(showInvisible(text));
}
