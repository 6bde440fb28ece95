import { type SafeText, trustText } from './safe-text.ts';
import { showInvisible } from './show-invisible.ts';

/** Any text for a terminal: escape sequences and bidirectional controls are shown, not obeyed. */
export function escapeForTerminal(text: string): SafeText<'terminal'> {
  return trustText(showInvisible(text));
}
