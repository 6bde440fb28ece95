import type { Rule } from '#core/lint/engine/rule.ts';
import { ruleUrl } from '#core/lint/engine/rule-page.ts';

/** What a rule finds and why, for its id in a suppression comment or in the settings. */
export function describeRule(rules: readonly Rule[], id: string): string | null {
  const rule = rules.find((one) => one.id === id);
  if (!rule) return null;
  const { severity, mode, summary, docs } = rule;
  return [
    `**\`${id}\`** — ${summary}.`,
    `${severity} · mode \`${mode}\``,
    docs.why,
    docs.unless && `When not to use it: ${docs.unless}`,
    `[Documentation](${ruleUrl(id)})`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
