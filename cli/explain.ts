import { findClosest } from '#core/find-closest.ts';
import type { Rule } from '#core/lint/engine/rule.ts';
import { RULE_GROUPS, renderRulePage, rulePagePath } from '#core/lint/engine/rule-page.ts';
import { rules } from '#core/rules/index.ts';
import {
  type Arguments,
  type Command,
  type CommandContext,
  formatOptions,
  UsageError,
} from './command.ts';
import { type Terminal, wrapText } from './terminal.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'tell what a rule is about, with an example and its fix',
  operands: 'RULE …',
  about: [
    'What the rule finds, why it matters, a prompt that has the finding and the same one mended, when not to use the rule, and how to silence it.',
  ],
  options: formatOptions(['plain', 'markdown', 'json']),
  examples: [
    ['explain untrusted-in-system', 'about one rule'],
    ['explain bidi-control --format markdown', 'for a wiki'],
  ],
  run,
};

async function run(args: Arguments, { terminal }: CommandContext): Promise<number> {
  if (args.files.length === 0)
    throw new UsageError('explain takes the name of a RULE: promptsmith rules lists them.');
  const chosen = args.files.map(find);
  const format = args.flag('json') ? 'json' : args.text('format');
  if (format === 'json') terminal.print(JSON.stringify({ v: 1, rules: chosen.map(json) }, null, 2));
  else if (format === 'markdown') terminal.print(chosen.map(renderRulePage).join('\n\n'));
  else for (const rule of chosen) show(rule, terminal);
  return 0;
}

/** Throws UsageError for what is no rule. */
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
        : 'promptsmith rules lists them.';
  throw new UsageError(`There is no rule ${id}: ${hint}`);
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
  const { id, severity, mode, group, tags, summary, docs, fix } = rule;
  const width = Math.min(terminal.width, 96);
  const head = (text: string): void => terminal.print(terminal.style(text, 'bold'));
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
  head('Why');
  prose(docs.why);
  head('Bad');
  code(docs.bad);
  head('Fixed');
  code(docs.good);
  if (fix !== undefined)
    prose(
      fix === 'safe'
        ? 'promptsmith check --fix mends it where that changes nothing that is sent.'
        : 'A fix is offered. It changes what is sent, so look at it: promptsmith check --fix=all, or the editor’s quick fix.',
    );
  if (docs.unless !== undefined) {
    head('When not to use it');
    prose(docs.unless);
  }
  head('How to silence it');
  prose('For one place, a comment on the line before; for the project, .promptsmith.yaml:');
  code(`# promptsmith-disable-next-line ${id} -- why it is right here\n\nrules:\n  ${id}: off`);
  terminal.print(terminal.style(tags.join('  '), 'dim'));
}
