import { type Disposable, Hover, languages, MarkdownString } from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';
import { selector } from '../selector.ts';
import type { BilledTokens } from './billed-tokens.ts';

/** A hover for `model:` that shows how billed prompt tokens differ from the prediction. */
export function registerBilledHover(billed: BilledTokens): Disposable {
  return languages.registerHoverProvider(selector, {
    provideHover(document, position) {
      if (!/^model\s*:/.test(document.lineAt(position).text)) return null;
      const { model, modelNode } = parsePrompt(document.getText());
      const at = document.offsetAt(position);
      const isOver = modelNode && modelNode.span.start <= at && at <= modelNode.span.end;
      const known = isOver && model !== null ? billed.median(model) : null;
      if (!known) return null;
      const error = `${known.error > 0 ? '+' : ''}${(100 * known.error).toFixed(1)} %`;
      return new Hover(
        new MarkdownString(
          `Billed prompt tokens differ from the prediction by **${error}** (median of your last ${known.calls} calls)`,
        ),
      );
    },
  });
}
