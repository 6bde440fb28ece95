import type { Summary } from '#core/eval/report/summary.ts';
import { createTokenReport } from '#core/eval/run/create-token-report.ts';
import { type LintInput, lint, lintSettings } from '#core/lint/engine/lint.ts';
import { applyLintBaseline } from '#core/lint/engine/lint-baseline.ts';
import type { Finding, Rule, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import type { TextReadings } from '#core/lint/engine/text-readings.ts';
import { FileSecrets } from '#core/lint/secrets.ts';
import type { Catalogue } from '#core/models/catalogue.ts';
import type { TokenReport } from '#core/models/token-report.ts';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { reparsePrompt } from '#core/prompt/reparse.ts';
import { LineMap } from '#core/text.ts';
import type { CountMemo } from '#core/tokens/count-memo.ts';
import type { Counter } from '#core/tokens/counter.ts';
import { countPrompt, type PromptCounts } from '#core/tokens/counts.ts';
import { isPromptFile, isSettingsFile } from '#io/files.ts';
import type { FileSettings } from './settings.ts';

/** What the server has loaded so far. Replaced as a whole when more is loaded. */
export interface Knowledge {
  /** Loading is in progress, and findings will be published again. Slow rules wait until then. */
  readonly isPartial?: boolean;
  readonly rules: readonly Rule[];
  /** Cached readings of texts; a keystroke leaves most texts unchanged. */
  readonly readings?: TextReadings;
  /** The models under a file's settings; null until the price list is loaded. */
  readonly models: ((file: FileSettings) => Catalogue) | null;
  /** Counts tokens as the prompt's model does; null until its token table is loaded. */
  readonly counter: ((prompt: PromptDocument, file: FileSettings) => ModelCounter | null) | null;
  /** The newest stored runs of a prompt; empty until they are read. */
  readonly runs?: (prompt: PromptDocument, file: FileSettings) => readonly Summary[];
}

/** Maximum UTF-16 units of rendered text to count on a keystroke; beyond it, a sample of the rows is counted. */
const MAX_COUNTED_LENGTH = 300_000;

/** Rows whose variants are counted on a keystroke. */
const MAX_VARIED_ROWS = 200;

const NO_RUNS: readonly Summary[] = [];

/** The token counter of a model, with its cache. */
export interface ModelCounter {
  readonly counter: Counter;
  readonly memo: CountMemo;
}

export type DocumentKind = 'prompt' | 'settings' | 'other';

/** The text of a document at one version. */
export interface Snapshot {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly languageId?: string;
}

/** Everything known about one version of one document. Each part is computed on first use. */
export class Analysis {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly kind: DocumentKind;
  readonly file: FileSettings;
  readonly knowledge: Knowledge;
  readonly facts: WorkspaceFacts;
  readonly #parsed: Parsed;
  readonly #otherLines = new Map<string, LineMap>();
  #findings: readonly Finding[] | undefined;
  #counts: PromptCounts | null | undefined;
  #report: { readonly runs: readonly Summary[]; readonly value: TokenReport | null } | undefined;
  #secrets: FileSecrets | undefined;

  /** `earlier`: an analysis of the same document. Unchanged parts are reused. */
  constructor(
    snapshot: Snapshot,
    file: FileSettings,
    knowledge: Knowledge,
    facts: WorkspaceFacts,
    earlier?: Analysis,
  ) {
    this.uri = snapshot.uri;
    this.version = snapshot.version;
    this.text = snapshot.text;
    this.kind = classifyDocument(snapshot.uri, snapshot.languageId);
    this.file = file;
    this.knowledge = knowledge;
    this.facts = facts;
    if (earlier?.text === snapshot.text) this.#parsed = earlier.#parsed;
    else this.#parsed = new Parsed(snapshot.text, earlier ? earlier.#parsed : null);
  }

  get prompt(): PromptDocument {
    return this.#parsed.prompt;
  }

  get lines(): LineMap {
    return this.#parsed.lines;
  }

  /** The lines of this file or of a file that its findings refer to; null for any other file. */
  findLines(uri: string): LineMap | null {
    if (uri === this.uri) return this.lines;
    const known = this.#otherLines.get(uri);
    const file = this.facts.files?.get(uri);
    if (known || !file) return known ?? null;
    const lines = new LineMap(file.text);
    this.#otherLines.set(uri, lines);
    return lines;
  }

  /** Null until the price list is loaded. */
  get models(): Catalogue | null {
    return this.knowledge.models?.(this.file) ?? null;
  }

  /** Null until the token table is loaded. */
  get counter(): ModelCounter | null {
    return this.knowledge.counter?.(this.prompt, this.file) ?? null;
  }

  /** Null until the token table is loaded, and for files that are not prompts. */
  get counts(): PromptCounts | null {
    if (this.#counts === undefined) {
      const model = this.prompt.kind === 'prompt' ? this.counter : null;
      const options = { limit: MAX_COUNTED_LENGTH, ...(model ? { memo: model.memo } : {}) };
      this.#counts = model && countPrompt(this.prompt, model.counter, options);
    }
    return this.#counts;
  }

  /** Tokens, context window and cost; null while they are loading. */
  get tokenReport(): TokenReport | null {
    const { prompt, file, counts } = this;
    const runs = this.knowledge.runs?.(prompt, file) ?? NO_RUNS;
    if (this.#report?.runs !== runs) {
      const { settings, path } = file;
      const counter = this.counter?.counter ?? null;
      const maxVariedRows = MAX_VARIED_ROWS;
      const facts = { catalogue: this.models, settings, path, runs, counter, maxVariedRows };
      this.#report = { runs, value: counts && createTokenReport(prompt, counts, facts) };
    }
    return this.#report.value;
  }

  /** The secrets in the text. */
  get secrets(): FileSecrets {
    this.#secrets ??= new FileSecrets(
      this.prompt,
      this.facts.secrets ?? [],
      this.knowledge.readings,
    );
    return this.#secrets;
  }

  /** In file order, without suppressed findings and those in the lint baseline. */
  get findings(): readonly Finding[] {
    this.#findings ??= applyLintBaseline(
      this.#lint(),
      this.file.lintBaseline,
      this.file.path,
    ).filter(({ suppressed, known }) => !suppressed && !known);
    return this.#findings;
  }

  #lint(): readonly Finding[] {
    const { rules } = this.knowledge;
    switch (this.kind) {
      case 'prompt': {
        const { prompt, models, counts, facts, secrets } = this;
        const { settings } = this.file;
        const quick = this.knowledge.isPartial === true;
        const input: LintInput = { prompt, settings, models, counts, facts, secrets, quick };
        const { readings } = this.knowledge;
        return lint(readings ? { ...input, readings } : input, rules);
      }
      case 'settings':
        return lintSettings(this.text, rules, this.facts.encoding);
      case 'other':
        return [];
      default:
        return this.kind satisfies never;
    }
  }
}

export function classifyDocument(uri: string, languageId?: string): DocumentKind {
  const path = uri.split(/[?#]/, 1)[0] ?? uri;
  if (isSettingsFile(path)) return 'settings';
  return isPromptFile(path) || languageId === 'prompt-yaml' ? 'prompt' : 'other';
}

/** The tree and lines of a text, shared by all analyses of it. */
class Parsed {
  readonly #text: string;
  /** The last version of the document without syntax errors, as the base for reparsing. */
  #sound: PromptDocument | null;
  #prompt: PromptDocument | undefined;
  #lines: LineMap | undefined;

  constructor(text: string, earlier: Parsed | null) {
    this.#text = text;
    this.#sound = earlier ? earlier.#sound : null;
  }

  get prompt(): PromptDocument {
    if (!this.#prompt) {
      this.#prompt = this.#sound ? reparsePrompt(this.#sound, this.#text) : parsePrompt(this.#text);
      if (this.#prompt.problems.length === 0) this.#sound = this.#prompt;
    }
    return this.#prompt;
  }

  get lines(): LineMap {
    this.#lines ??= new LineMap(this.#text);
    return this.#lines;
  }
}
