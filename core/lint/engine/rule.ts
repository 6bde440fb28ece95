import type { Catalogue } from '../../models/catalogue.ts';
import type { PromptDocument } from '../../prompt/document.ts';
import type { Confidence, LintMode, Settings, Severity } from '../../settings.ts';
import type { Edit, Span } from '../../text.ts';
import type { PromptCounts } from '../../tokens/counts.ts';
import type { PayloadReader } from '../payload/reader.ts';
import type { PlacedTemplate } from '../placed-template.ts';
import type { PlacedVariable } from '../placement.ts';
import type { FileSecrets } from '../secrets.ts';
import type { TaintMap } from '../taint.ts';
import type { VariableUses } from '../variable-uses.ts';
import type { Related, WorkspaceFacts } from './facts.ts';
import type { Suppression } from './suppress.ts';
import type { TextReadings } from './text-readings.ts';

export type { Confidence, LintMode, Severity } from '../../settings.ts';
export type {
  CallInput,
  CallSite,
  InlineCall,
  MissingPrompt,
  OtherFile,
  Related,
  WorkspaceFacts,
} from './facts.ts';

/**
 * A change that fixes a finding. `safe`: for all values, the same requests are sent and the same
 * verdicts are given. Only safe fixes are applied without review.
 */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What a rule yields: what is wrong, where, and what to do. */
export interface Problem {
  readonly message: string;
  readonly span: Span;
  readonly uri?: string;
  /** Default: the rule's severity. */
  readonly severity?: Severity;
  /** Default: high. Low confidence lowers errors and warnings to `info`, unless the settings set a severity. */
  readonly confidence?: Confidence;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

export interface RuleContext {
  readonly prompt: PromptDocument;
  readonly settings: Settings;
  /** Every text with placeholders, by kind, in file order. */
  readonly templates: readonly PlacedTemplate[];
  readonly uses: VariableUses;
  /** The placements of the placeholders in the messages, in file order. */
  readonly places: readonly PlacedVariable[];
  /** Where the variables' values come from. */
  readonly taints: TaintMap;
  /** Caches what was read in a text, for rules that scan texts. */
  readonly readings: TextReadings;
  /** Finds prompt injections in texts. */
  readonly payloads: PayloadReader;
  /** The keys and passwords in the file. */
  readonly secrets: FileSecrets;
  /** The options of this rule in the settings. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `null` until loaded: a rule that needs it yields nothing, and runs again later. */
  readonly models: Catalogue | null;
  readonly counts: PromptCounts | null;
  readonly facts: WorkspaceFacts;
  /** For rules that run last: the file's suppressions, and what they suppressed. */
  readonly suppressions: readonly Suppression[];
  /** Every id that comments and settings may use. */
  readonly ruleIds: ReadonlySet<string>;
  /** For rules that run last: the ids of the rules that ran, and whether they had all they needed. */
  readonly ran: ReadonlyMap<string, boolean>;
}

/** The parts of a rule's page. Markdown; `bad` and `good` are whole prompt files or fragments. */
export interface RuleDocs {
  readonly why: string;
  readonly bad: string;
  readonly good: string;
  /** When not to use the rule. */
  readonly unless?: string;
}

/** A lint rule: stateless, its id = file name = diagnostic code = settings key = docs page. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly mode: LintMode;
  readonly group:
    | 'format'
    | 'variables'
    | 'injection'
    | 'files'
    | 'judges'
    | 'hidden-text'
    | 'secrets'
    | 'golden-set'
    | 'cost'
    | 'contradictions';
  readonly tags: readonly string[];
  /** `safe` if some of its fixes are safe; absent if it offers none. */
  readonly fix?: 'safe' | 'unsafe';
  /** One line without a full stop. */
  readonly summary: string;
  readonly docs: RuleDocs;
  /**
   * The files it supports. `sound` (default): a prompt file with valid YAML. `prompt`: also one with
   * syntax errors. `text`: any file, even one that is not a prompt. `bytes`: even one that is not UTF-8.
   */
  readonly needs?: 'sound' | 'prompt' | 'text' | 'bytes';
  /** The files it checks: prompts (default), `.promptsmith.yaml`, or both. */
  readonly appliesTo?: 'prompt' | 'settings' | 'both';
  /** How editors draw the marked text: faded (`unnecessary`) or struck through (`deprecated`). */
  readonly diagnosticTag?: 'unnecessary' | 'deprecated';
  /** True if its safe fixes convert the spellings of other tools to the format's own. */
  readonly convertsAliases?: boolean;
  /** True if the marked text is personal data: reports show dots instead. */
  readonly masksText?: boolean;
  /** False if no quick fix may add a comment that disables the rule. Default: true. */
  readonly offersSuppression?: boolean;
  /** Runs after all others, with the suppressions they used. */
  readonly last?: boolean;
  /** True if it reads every text word by word: editors show the findings of other rules first. */
  readonly slow?: boolean;
  /**
   * False while something it needs (models, test files …) is not loaded: a comment that suppresses it is
   * then not reported as unused. Default: true.
   */
  isReady?(context: RuleContext): boolean;
  check(context: RuleContext): Iterable<Problem>;
}

/** A problem with what the engine adds to it. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** The id of the rule. */
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly tags: readonly string[];
  /** Stable while other lines move: 16 hex digits of a hash over rule, text and repetition. */
  readonly fingerprint: string;
  readonly suppressed?: { readonly reason?: string };
  /** True if the project's lint baseline contains it. */
  readonly known?: boolean;
}
