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
export type { CallInput, CallSite, OtherFile, Related, WorkspaceFacts } from './facts.ts';

/**
 * A change that mends a finding. `safe`: for all values the same requests are sent and the same
 * verdicts given; only such fixes are applied without a look.
 */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What a rule yields: what happens, where, and what to do. */
export interface Problem {
  readonly message: string;
  readonly span: Span;
  readonly uri?: string;
  /** Absent: the rule's. */
  readonly severity?: Severity;
  /** Absent: high. Low confidence never warns unless the project says so. */
  readonly confidence?: Confidence;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

export interface RuleContext {
  readonly prompt: PromptDocument;
  readonly settings: Settings;
  /** Every text with placeholders, in file order of its kind. */
  readonly templates: readonly PlacedTemplate[];
  readonly uses: VariableUses;
  /** How the placeholders of the messages stand, in file order. */
  readonly places: readonly PlacedVariable[];
  /** Where the variables' values come from. */
  readonly taints: TaintMap;
  /** Remembers what was read in a text: rules that scan texts ask here. */
  readonly readings: TextReadings;
  /** Finds orders to the model in texts. */
  readonly payloads: PayloadReader;
  /** The keys and passwords in the file. */
  readonly secrets: FileSecrets;
  /** What the settings say of this rule. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `null` until loaded: a rule that needs it yields nothing, and runs again. */
  readonly models: Catalogue | null;
  readonly counts: PromptCounts | null;
  readonly facts: WorkspaceFacts;
  /** For rules that run last: the file's suppressions, with what they held back. */
  readonly suppressions: readonly Suppression[];
  /** Every id that comments and settings may name. */
  readonly ruleIds: ReadonlySet<string>;
  /** For rules that run last: the ids of the rules that ran, and whether they had all they need. */
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
  /** What its fixes are: `safe` when some are; absent when it offers none. */
  readonly fix?: 'safe' | 'unsafe';
  /** One line without a full stop. */
  readonly summary: string;
  readonly docs: RuleDocs;
  /**
   * What it can work on. `sound` (default): a prompt file whose YAML is whole. `prompt`: also one with
   * syntax errors. `text`: any file, also one that is no prompt.
   */
  readonly needs?: 'sound' | 'prompt' | 'text';
  /** The files it checks: prompts (default), `.promptsmith.yaml`, or both. */
  readonly appliesTo?: 'prompt' | 'settings' | 'both';
  /** How editors draw the marked text: faded (`unnecessary`) or struck through (`deprecated`). */
  readonly diagnosticTag?: 'unnecessary' | 'deprecated';
  /** Its safe fixes turn the spellings of other tools into the format's own. */
  readonly convertsAliases?: boolean;
  /** The marked text is personal data: reports show dots instead of it. */
  readonly masksText?: boolean;
  /** False where no quick fix may add a comment that disables the rule. Default: true. */
  readonly offersSuppression?: boolean;
  /** Runs after all others, with the suppressions they used. */
  readonly last?: boolean;
  /** Reads every text word by word: an editor shows at first what the others say. */
  readonly slow?: boolean;
  /**
   * False while something it needs (models, test files …) is not loaded: a comment that silences it is
   * then not called unused. Default: true.
   */
  isReady?(context: RuleContext): boolean;
  check(context: RuleContext): Iterable<Problem>;
}

/** What the engine makes of a problem. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** The id of the rule. */
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly tags: readonly string[];
  /** Stable while other lines move: 16 hex of a hash over rule, text and repetition. */
  readonly fingerprint: string;
  readonly suppressed?: { readonly reason?: string };
  /** In the project's list of known findings. */
  readonly known?: boolean;
}
