import { findClosest } from '#core/find-closest.ts';
import type { Rule } from '#core/lint/engine/rule.ts';
import {
  listRulePageSections,
  RULE_GROUPS,
  renderRulePage,
  rulePagePath,
} from '#core/lint/engine/rule-page.ts';
import { rules } from '#core/rules/index.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  readFormat,
  UsageError,
} from './command.ts';
import { type Terminal, wrapText } from './terminal.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'explain a rule, with an example and its fix',
  operands: 'RULE …',
  about: [
    'Shows what the rule finds, why it matters, an example with its fix, when not to use the rule, and how to suppress it.',
  ],
  options: formatOptions(['plain', 'markdown', 'json']),
  examples: [
    ['explain untrusted-in-system', 'one rule'],
    ['explain bidi-control --format markdown', 'for a wiki'],
  ],
  run,
};

async function run(args: Arguments, { terminal }: CommandContext): Promise<number> {
  if (args.files.length === 0)
    throw new UsageError('explain takes the name of a RULE; run `promptsmith rules` for a list.');
  const chosen = args.files.map(find);
  const format = readFormat(args);
  if (format === 'json') terminal.printJson({ v: 1, rules: chosen.map(json) });
  else if (format === 'markdown') terminal.print(chosen.map(renderRulePage).join('\n\n'));
  else for (const rule of chosen) show(rule, terminal);
  return 0;
}

/** Finds a rule by its id. Throws UsageError for an unknown id. */
function find(id: string): Rule {
  const rule = rules.find((one) => one.id === id);
  if (rule) return rule;
  const guess = findClosest(
    id,
    rules.map((one) => one.id),
  );
  const near = guess === undefined ? rules.filter((one) => one.id.includes(id)) : [];
  const hint =
    guess !== undefined
      ? `did you mean ${guess}?`
      : near.length > 0
        ? `did you mean one of ${near.map((one) => one.id).join(', ')}?`
        : 'run `promptsmith rules` for a list.';
  throw new UsageError(`Unknown rule ${id}: ${hint}`);
}

function json({ id, severity, mode, group, fix, tags, summary, docs }: Rule): unknown {
  return {
    id,
    severity,
    mode,
    group,
    fix: fix ?? null,
    tags,
    summary,
    page: rulePagePath(id),
    ...docs,
  };
}

function show(rule: Rule, terminal: Terminal): void {
  const { id, severity, mode, group, tags, summary, fix } = rule;
  const width = Math.min(terminal.width, 96);
  const prose = (text: string): void => {
    for (const line of wrapText(text, width)) terminal.print(line);
    terminal.print();
  };
  const code = (text: string): void => {
    for (const line of text.split('\n'))
      terminal.print(terminal.style(`    ${line}`.trimEnd(), 'dim'));
    terminal.print();
  };
  terminal.print(
    `${terminal.style(id, 'bold', 'cyan')}  ${severity}, mode ${mode}, ${RULE_GROUPS[group]}`,
  );
  prose(`${summary}.`);
  if (fix !== undefined)
    prose(
      fix === 'safe'
        ? '`promptsmith check --fix` fixes it if the fix does not change what is sent.'
        : 'A fix is available. It changes what is sent, so review it: `promptsmith check --fix=all`, or the quick fix in the editor.',
    );
  for (const { heading, parts } of listRulePageSections(rule)) {
    terminal.print(terminal.style(heading, 'bold'));
    for (const { kind, text } of parts) {
      if (kind === 'yaml') code(text);
      else prose(text);
    }
  }
  terminal.print(terminal.style(tags.join('  '), 'dim'));
}
