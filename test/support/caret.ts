import assert from 'node:assert/strict';
import { computeHashes } from '#core/eval/hashes.ts';
import { type LintInput, lint } from '#core/lint/engine/lint.ts';
import type { Finding, Rule, Severity } from '#core/lint/engine/rule.ts';
import { type Catalogue, createCatalogue } from '#core/models/catalogue.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { readSettings } from '#core/settings.ts';
import { applyEdits, LineMap } from '#core/text.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';

/**
 * A finding that a fixture expects, written under the line it stands in:
 *
 *     model: openai/gpt-9
 *            ^^^^^^^^^^^^ 💡 warning: no catalogue knows
 *
 * The carets are the place (to the line's end where it runs on), 💡 says that a fix is offered, then
 * come, each as wanted, the severity, the rule's id in brackets and a part of the message.
 */
export interface Expected {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly hasFix: boolean;
  readonly severity: Severity | undefined;
  readonly id: string | undefined;
  readonly message: string;
}

const MARK =
  /^( *)(\^+)(?: +(💡))?(?: *(error|warning|info|hint):)?(?: *\[([a-z-]+)\])?(?: +(\S.*))?$/u;

/** A fixture without its marks. `$0` is the cursor, and is removed too. */
export function readMarked(marked: string): {
  text: string;
  expected: Expected[];
  cursor: number | null;
} {
  const kept: string[] = [];
  const expected: Expected[] = [];
  for (const line of marked.split('\n')) {
    const mark = MARK.exec(line);
    if (!mark) {
      kept.push(line);
      continue;
    }
    const [, indent = '', carets = '', bulb, severity, id, message = ''] = mark;
    expected.push({
      line: kept.length - 1,
      start: indent.length,
      end: indent.length + carets.length,
      hasFix: bulb !== undefined,
      severity: severity as Severity | undefined,
      id,
      message,
    });
  }
  const text = kept.join('\n');
  const cursor = text.indexOf('$0');
  return {
    text: cursor < 0 ? text : text.slice(0, cursor) + text.slice(cursor + 2),
    expected,
    cursor: cursor < 0 ? null : cursor,
  };
}

/** What a rule gets besides the text. */
export interface Surroundings extends Omit<LintInput, 'prompt' | 'settings' | 'counts'> {
  /** As in `.promptsmith.yaml`; without a mode, the rules of every mode run. */
  readonly settings?: object;
  /** Counts tokens: each word is one. */
  readonly counted?: boolean;
}

/** Checks that the rules report exactly the findings that the fixture marks; without marks, none. */
export function checkRule(
  rules: Rule | readonly Rule[],
  marked: string,
  surroundings: Surroundings = {},
): void {
  const { text, expected } = readMarked(marked);
  const lines = new LineMap(text);
  const found = lintText(rules, text, surroundings).filter((finding) => !finding.suppressed);
  const actual = found.map((finding) => placed(finding, lines));
  const wanted = expected.map((e) => {
    const twin = actual.find((a) => isAt(a, e) && (e.id === undefined || a.id === e.id));
    return {
      line: e.line,
      start: e.start,
      end: e.end,
      id: e.id ?? twin?.id,
      severity: e.severity ?? twin?.severity,
      hasFix: e.hasFix,
      message: twin?.message.includes(e.message) ? twin.message : e.message,
    };
  });
  assert.deepEqual(inOrder(actual), inOrder(wanted), `in:\n${text}`);
}

export interface FixOptions extends Surroundings {
  /** A part of the title of the fix to apply; default: the first finding's first fix. */
  readonly title?: string;
  readonly safe: boolean;
  /** Nothing could be sent or judged before, so a safe fix has nothing to keep. */
  readonly wasUnsendable?: boolean;
}

/**
 * The rule's fix turns `before` into `after`, and its finding is gone. A safe fix must leave every
 * request and every verdict as it was.
 */
export function checkFix(
  rule: Rule,
  before: string,
  after: string,
  { title = '', safe, wasUnsendable = false, ...surroundings }: FixOptions,
): void {
  const findings = lintText(rule, before, surroundings);
  const all = findings.flatMap(({ fixes = [] }) => fixes);
  const fix = all.find((one) => one.title.includes(title));
  assert.ok(fix, `no fix "${title}" among: ${all.map((one) => one.title).join(' | ') || 'none'}`);
  const fixed = applyEdits(before, fix.edits);
  assert.equal(fixed, after);
  assert.equal(fix.safe, safe, 'safe');
  assert.equal(parsePrompt(fixed).broken, false, 'the fix breaks the YAML');
  const left = lintText(rule, fixed, surroundings).map(({ message }) => message);
  assert.ok(left.length < findings.length, `after the fix: ${left.join(' | ')}`);
  if (fix.safe && !wasUnsendable) assertSameRequests(before, fixed);
}

/** The findings of a text, suppressed ones included. */
export function lintText(
  rules: Rule | readonly Rule[],
  text: string,
  { settings = {}, counted = false, ...rest }: Surroundings = {},
): Finding[] {
  const read = readSettings({ mode: 'audit', ...settings });
  assert.deepEqual(read.complaints, [], 'the settings of the test do not fit the schema');
  const prompt = parsePrompt(text);
  const counts = counted ? countPrompt(prompt, WORDS) : null;
  return lint(
    { prompt, settings: read.settings, counts, ...rest },
    'id' in rules ? [rules] : rules,
  );
}

const WORDS: Counter = {
  encoding: 'o200k_base',
  exact: true,
  count: (text) => text.match(/\S+/g)?.length ?? 0,
  measure: (text) => text.match(/\S+/g)?.length ?? 0,
};

/** Models as of 2026-11-21, without a price list; `acme/chat` is the project's own. */
export const testModels: Catalogue = createCatalogue(
  { providers: [], date: '2026-09-23', source: 'no price list' },
  {
    today: '2026-11-21',
    models: {
      'acme/chat': { input: 1, output: 2, context: 1000 },
      // The price list knows it.
      'openai/gpt-5.4-mini-2026-03-17': { context: 400_000 },
    },
  },
);

function assertSameRequests(before: string, after: string): void {
  const [a, b] = [before, after].map((text) => computeHashes(parsePrompt(text)));
  for (const part of ['prompt', 'data', 'checks'] as const)
    assert.equal(a?.[part], b?.[part], `a safe fix changed the ${part}`);
}

function placed({ span, id, severity, message, fixes = [] }: Finding, lines: LineMap) {
  const { line, character } = lines.position(span.start);
  const lineEnd = lines.line(line).length;
  const end = Math.min(span.end - lines.lineStart(line), lineEnd);
  return { line, start: character, end, id, severity, hasFix: fixes.length > 0, message };
}

interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

function isAt(a: Place, b: Place): boolean {
  return a.line === b.line && a.start === b.start && a.end === b.end;
}

function inOrder<T extends Place & { id: string | undefined }>(items: readonly T[]): T[] {
  return [...items].sort(
    (a, b) =>
      a.line - b.line || a.start - b.start || a.end - b.end || `${a.id}`.localeCompare(`${b.id}`),
  );
}
