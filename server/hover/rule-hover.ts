import type { Rule } from '#core/lint/engine/rule.ts';
import { hover } from '#core/printing/hover.ts';
import { joinParagraphs, type SafeText, trustText } from '#core/printing/safe-text.ts';

/** Describes a rule for its id in a suppression comment or in the settings. */
export function describeRule(rules: readonly Rule[], id: string): SafeText<'hover'> | null {
  const rule = rules.find((one) => one.id === id);
  if (!rule) return null;
  const { severity, mode, docs } = rule;
  const own = trustText<'hover'>;
  return joinParagraphs(
    hover`**\`${own(rule.id)}\`** — ${own(rule.summary)}.`,
    hover`${own(severity)} · mode \`${own(mode)}\``,
    own(docs.why),
    docs.unless && hover`When not to use it: ${own(docs.unless)}`,
  );
}
