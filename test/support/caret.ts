import assert from 'node:assert/strict';
import { hashesOf } from '#core/eval/hashes.ts';
import { type LintInput, lint } from '#core/lint/lint.ts';
import type { Finding, Rule, Severity } from '#core/lint/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { DEFAULT_SETTINGS, readSettings } from '#core/settings.ts';
import { applyEdits, LineMap } from '#core/text.ts';

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

/** A fixture without its marks. `$0` is the cursor, and is taken out too. */
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

/** What a rule is given besides the text. `settings` as in `.promptsmith.yaml`. */
export type Surroundings = Omit<LintInput, 'prompt' | 'settings'> & { readonly settings?: object };

/** The rules' findings are exactly those that the fixture marks; a fixture without marks has none. */
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
  readonly safe?: boolean;
  /** Nothing could be sent or judged before, so a safe fix has nothing to keep. */
  readonly wasUnsendable?: boolean;
  /** The finding stays: the fix only lessens it. */
  readonly remains?: boolean;
}

/**
 * The rule's fix turns `before` into `after`, and the rule has nothing more to say of that place.
 * A safe fix must leave every request and every verdict as it was.
 */
export function checkFix(
  rule: Rule,
  before: string,
  after: string,
  { title = '', safe, wasUnsendable = false, remains = false, ...surroundings }: FixOptions = {},
): void {
  const all = lintText(rule, before, surroundings).flatMap(({ fixes = [] }) => fixes);
  const fix = all.find((one) => one.title.includes(title));
  assert.ok(fix, `no fix "${title}" among: ${all.map((one) => one.title).join(' | ') || 'none'}`);
  const fixed = applyEdits(before, fix.edits);
  assert.equal(fixed, after);
  if (safe !== undefined) assert.equal(fix.safe, safe, `safe: ${fix.safe}`);
  if (!remains) assert.ok(lintText(rule, fixed, surroundings).length < all.length || all.length > 1);
  assert.equal(parsePrompt(fixed).broken, false, 'the fix breaks the YAML');
  if (fix.safe && !wasUnsendable) assertSameRequests(before, fixed);
}

/** The findings of a text, suppressed ones included. */
export function lintText(
  rules: Rule | readonly Rule[],
  text: string,
  { settings, ...rest }: Surroundings = {},
): Finding[] {
  const read = settings ? readSettings(settings) : { settings: DEFAULT_SETTINGS, complaints: [] };
  assert.deepEqual(read.complaints, [], 'the settings of the test do not fit the schema');
  const list = 'id' in rules ? [rules] : rules;
  // Rules of every mode run: what a mode leaves out is a test of its own.
  const all = { ...read.settings, mode: settings && 'mode' in settings ? read.settings.mode : 'audit' };
  return lint({ prompt: parsePrompt(text), settings: all as typeof read.settings, ...rest }, list);
}

function assertSameRequests(before: string, after: string): void {
  const [a, b] = [before, after].map((text) => hashesOf(parsePrompt(text)));
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
