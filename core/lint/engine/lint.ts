import { type EncodingProblem, isUndecoded } from '../../decode-text.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import { toJson } from '../../prompt/node.ts';
import { parsePrompt } from '../../prompt/parse.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import {
  type Confidence,
  DEFAULT_SETTINGS,
  type LintMode,
  type RuleSetting,
  readSettings,
  type Settings,
  type Severity,
} from '../../settings.ts';
import { PayloadReader } from '../payload/reader.ts';
import { collectTemplates } from '../placed-template.ts';
import { placeVariables } from '../placement.ts';
import { FileSecrets } from '../secrets.ts';
import { TaintMap } from '../taint.ts';
import { collectVariableUses } from '../variable-uses.ts';
import { Fingerprints } from './fingerprint.ts';
import type { Finding, Problem, Rule, RuleContext, WorkspaceFacts } from './rule.ts';
import { readSuppressions, type Suppression, SuppressionIndex } from './suppress.ts';
import { TextReadings } from './text-readings.ts';

export interface LintInput {
  readonly prompt: PromptDocument;
  /** The settings of this file (`resolveSettings`). */
  readonly settings?: Settings;
  readonly models?: RuleContext['models'];
  readonly counts?: RuleContext['counts'];
  readonly facts?: WorkspaceFacts;
  /** Cache of what was read in texts, shared between runs; absent: for this run only. */
  readonly readings?: TextReadings;
  /** The file's secrets, if they are already found. */
  readonly secrets?: FileSecrets;
  /** Skips the slow rules, as if something they need were not loaded. */
  readonly quick?: boolean;
  /** Ids that comments and settings may use. Default: those of the given rules. */
  readonly ruleIds?: ReadonlySet<string>;
}

/** Maximum findings of one rule in one file: nobody reads more, and each costs time on every keystroke. */
const MAX_FINDINGS = 200;
const NO_OPTIONS: RuleSetting = {};
const MODES: readonly LintMode[] = ['recommended', 'pedantic', 'audit'];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];

/**
 * Runs the rules over one prompt. Findings are in file order and include suppressed ones, which are
 * marked. The result depends only on the input.
 */
export function lint(input: LintInput, rules: readonly Rule[]): Finding[] {
  const { prompt } = input;
  const settings = input.settings ?? DEFAULT_SETTINGS;
  const suppressions = readSuppressions(prompt);
  const lookup = new SuppressionLookup(suppressions, input.facts?.files);
  const templates = collectTemplates(prompt);
  const readings = input.readings ?? new TextReadings();
  const ran = new Map<string, boolean>();
  const secrets = input.secrets ?? new FileSecrets(prompt, input.facts?.secrets ?? [], readings);
  const shared = {
    prompt,
    secrets,
    settings,
    templates,
    uses: collectVariableUses(prompt, templates, readings, input.facts?.testFileKeys),
    places: placeVariables(prompt, readings),
    readings,
    payloads: new PayloadReader(readings),
    taints: new TaintMap(prompt, settings, input.facts ?? {}),
    models: input.models ?? null,
    counts: input.counts ?? null,
    facts: input.facts ?? {},
    suppressions,
    ruleIds: input.ruleIds ?? new Set(rules.map((rule) => rule.id)),
    ran,
  };
  const fingerprints = new Fingerprints(prompt.text, input.facts?.files, readings);
  const findings: Finding[] = [];
  const plain: RuleContext = { ...shared, options: NO_OPTIONS };
  const ordered = [...rules.filter((rule) => !rule.last), ...rules.filter((rule) => rule.last)];
  for (const rule of ordered) {
    const setting = settings.rules[rule.id] ?? NO_OPTIONS;
    if (!isRuleOn(rule, settings) || !canRun(rule, input)) continue;
    if (input.quick && rule.slow) {
      ran.set(rule.id, false);
      continue;
    }
    const context = setting === NO_OPTIONS ? plain : { ...shared, options: setting };
    const seen = new Set<string>();
    for (const problem of rule.check(context)) {
      if (seen.size === MAX_FINDINGS) break;
      const place = `${problem.uri ?? ''} ${problem.span.start} ${problem.span.end}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const shown = withoutSecrets(problem, secrets);
      const finding = toFinding(rule, shown, setting, lookup, fingerprints);
      if (finding) findings.push(finding);
    }
    ran.set(rule.id, seen.size < MAX_FINDINGS && (rule.isReady?.(context) ?? true));
  }
  return findings.sort(
    (a, b) => a.span.start - b.span.start || rank(a) - rank(b) || (a.id < b.id ? -1 : 1),
  );
}

/**
 * Reports problems of a `.promptsmith.yaml` itself: its YAML, what does not match the schema, and an encoding
 * that is not UTF-8.
 */
export function lintSettings(
  text: string,
  rules: readonly Rule[],
  encoding?: EncodingProblem,
): Finding[] {
  const prompt = parsePrompt(text);
  // Report syntax errors first: other problems of a broken file may only follow from them.
  const value = prompt.root && !prompt.broken ? toJson(prompt.root) : null;
  const { complaints } = readSettings(value);
  const facts = {
    settingsFile: { root: prompt.root, complaints },
    ...(encoding && { encoding }),
  };
  const applicable = rules.filter(({ appliesTo = 'prompt' }) => appliesTo !== 'prompt');
  return lint({ prompt, facts, ruleIds: new Set(rules.map((rule) => rule.id)) }, applicable);
}

/** True if a rule runs: the mode includes it and no setting turns it off. */
export function isRuleOn(rule: Rule, { rules, mode }: Pick<Settings, 'rules' | 'mode'>): boolean {
  const setting = rules[rule.id] ?? {};
  if (setting.severity === 'off') return false;
  // A rule that the settings name is on, whatever its mode.
  return setting.severity !== undefined || MODES.indexOf(rule.mode) <= MODES.indexOf(mode);
}

function canRun(rule: Rule, { prompt, facts }: LintInput): boolean {
  const needs = rule.needs ?? 'sound';
  // What was not decoded is not what the file says: findings would be wrong, and fixes would damage it.
  if (facts?.encoding && isUndecoded(prompt.text, facts.encoding)) return needs === 'bytes';
  switch (needs) {
    case 'bytes':
    case 'text':
      return true;
    case 'prompt':
      return prompt.kind === 'prompt';
    case 'sound':
      return prompt.kind === 'prompt' && !prompt.broken;
    default:
      return needs satisfies never;
  }
}

/** Masks secrets in everything that a rule quotes. The edits of a fix are kept: they go into the file. */
function withoutSecrets(problem: Problem, secrets: FileSecrets): Problem {
  if (secrets.found.length === 0) return problem;
  const { message, related, fixes } = problem;
  return {
    ...problem,
    message: secrets.hide(message),
    ...(related && {
      related: related.map((one) => ({ ...one, message: secrets.hide(one.message) })),
    }),
    ...(fixes && { fixes: fixes.map((fix) => ({ ...fix, title: secrets.hide(fix.title) })) }),
  };
}

function toFinding(
  rule: Rule,
  problem: Problem,
  setting: RuleSetting,
  lookup: SuppressionLookup,
  fingerprints: Fingerprints,
): Finding | null {
  const confidence = problem.confidence ?? 'high';
  if (
    setting.confidence &&
    CONFIDENCES.indexOf(confidence) < CONFIDENCES.indexOf(setting.confidence)
  )
    return null;
  const own = problem.severity ?? rule.severity;
  const isLoud = own === 'error' || own === 'warning';
  const severity =
    setting.severity && setting.severity !== 'off'
      ? setting.severity
      : confidence === 'low' && isLoud
        ? 'info'
        : own;
  const suppression = lookup.find(rule, problem);
  suppression?.used.add(suppression.rules.length === 0 ? '*' : rule.id);
  const hash = fingerprints.compute(rule, problem);
  const { message, span, uri, related, fixes } = problem;
  // No spread: this runs for every finding on every keystroke, and spreading mixed shapes is slow.
  const finding: { -readonly [K in keyof Finding]: Finding[K] } = {
    message,
    span,
    rule,
    id: rule.id,
    severity,
    confidence,
    tags: rule.tags,
    get fingerprint() {
      return hash();
    },
  };
  if (uri !== undefined) finding.uri = uri;
  if (related !== undefined) finding.related = related;
  if (fixes !== undefined) finding.fixes = fixes;
  if (suppression) {
    const { reason } = suppression;
    finding.suppressed = reason === undefined ? {} : { reason };
  }
  return finding;
}

/** The suppressions of the linted file, and of other files that findings refer to. */
class SuppressionLookup {
  readonly #own: SuppressionIndex;
  readonly #files: WorkspaceFacts['files'];
  readonly #others = new Map<string, SuppressionIndex>();

  constructor(own: readonly Suppression[], files: WorkspaceFacts['files']) {
    this.#own = new SuppressionIndex(own);
    this.#files = files;
  }

  find(rule: Rule, { span, uri }: Problem): Suppression | undefined {
    const index = uri === undefined ? this.#own : this.#other(uri);
    // A comment that names no rule must not suppress findings about itself.
    return index.find(rule.id, span, rule.last ?? false);
  }

  #other(uri: string): SuppressionIndex {
    let index = this.#others.get(uri);
    if (!index) {
      const text = this.#files?.get(uri)?.text ?? '';
      const root = text.includes('promptsmith-') ? parseYaml(text).root : null;
      index = new SuppressionIndex(readSuppressions({ text, root }));
      this.#others.set(uri, index);
    }
    return index;
  }
}

function rank(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity);
}
