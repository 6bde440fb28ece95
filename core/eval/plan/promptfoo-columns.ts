/**
 * A case from promptfoo's CSV columns, with the keys of `$case`. Source: promptfoo's documentation, "Test
 * cases from CSV".
 */
export interface PromptfooCase {
  readonly name?: string;
  readonly threshold?: number;
  readonly evaluators: readonly PromptfooCheck[];
}

/** An entry of `evaluators`. */
export interface PromptfooCheck {
  readonly uses: string;
  readonly with?: string | readonly string[];
  readonly threshold?: number;
  readonly metric?: string;
}

/** True for a column that describes the case and is not a variable. */
export function isPromptfooColumn(name: string): boolean {
  return name.startsWith('__');
}

/** True for a supported column; `__metadata:…`, `__prefix` and others are ignored. */
export function isReadColumn(name: string): boolean {
  return /^__(?:expected\d*|metric|threshold|description)$/.test(name);
}

/** Reads the cells of one row. Calls `problem` for each cell without an equivalent. */
export function readPromptfooCase(
  cells: ReadonlyMap<string, string>,
  problem: (message: string) => void,
): PromptfooCase {
  const metric = cells.get('__metric')?.trim() || undefined;
  const evaluators: PromptfooCheck[] = [];
  for (const [column, cell] of cells) {
    if (!column.startsWith('__expected') || cell.trim() === '') continue;
    const check = readPromptfooCheck(cell);
    if ('foreign' in check) {
      problem(
        `\`${check.foreign}\` in \`${column}\` is not supported: this case will end in an error`,
      );
    }
    const { uses, value, threshold } = check;
    evaluators.push({
      uses: `promptsmith/${uses}`,
      ...(value === undefined ? {} : { with: value }),
      ...(threshold === undefined ? {} : { threshold }),
      ...(metric === undefined ? {} : { metric }),
    });
  }
  const name = cells.get('__description')?.trim();
  const threshold = readThreshold(cells.get('__threshold'), problem);
  return {
    evaluators,
    ...(name ? { name } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** promptfoo's names that differ from ours. */
const RENAMED: Readonly<Record<string, string>> = {
  similar: 'similarity',
  grade: 'rubric',
  'llm-rubric': 'rubric',
  'is-refusal': 'refusal',
};

/** Names that are the same. */
const SAME: ReadonlySet<string> = new Set([
  ...['equals', 'contains', 'icontains', 'contains-any', 'contains-all', 'icontains-any'],
  ...['icontains-all', 'starts-with', 'regex', 'is-json', 'contains-json', 'levenshtein'],
  ...['rouge-n', 'bleu', 'cost', 'latency', 'finish-reason', 'g-eval', 'factuality'],
  ...['answer-relevance', 'context-recall', 'context-relevance', 'moderation', 'select-best'],
]);

/** Kinds of promptfoo that run code, or without an equivalent. */
const FOREIGN: ReadonlySet<string> = new Set([
  ...['javascript', 'fn', 'eval', 'python', 'ruby', 'webhook', 'is-sql', 'contains-sql', 'is-xml'],
  ...['contains-xml', 'is-html', 'contains-html', 'classifier', 'perplexity', 'perplexity-score'],
  ...['meteor', 'gleu', 'guardrails', 'pi', 'model-graded-closedqa', 'model-graded-factuality'],
  ...['context-faithfulness', 'conversation-relevance', 'is-valid-openai-tools-call', 'file'],
  ...['is-valid-openai-function-call', 'is-valid-function-call', 'word-count', 'max-score'],
]);

const LISTS: ReadonlySet<string> = new Set([
  ...['contains-any', 'contains-all', 'icontains-any', 'icontains-all'],
]);

interface ReadCheck {
  readonly uses: string;
  readonly value?: string | readonly string[];
  readonly threshold?: number;
  /** The kind, if it has no equivalent. */
  readonly foreign?: string;
}

/** `contains:x`, `not-levenshtein(2):x`, `is-json`; a text without a known kind means `equals`. */
function readPromptfooCheck(cell: string): ReadCheck {
  const match = /^(not-)?([a-z][a-z-]*)(?:\(([\d.]+)\))?(?::(.*))?$/s.exec(cell);
  const [, negation = '', type = '', limit, text] = match ?? [];
  const isFile = cell.startsWith('file://');
  if (isFile || FOREIGN.has(type)) {
    // A kind that cannot run stays an unknown kind, so that it never passes.
    const foreign = isFile ? 'file' : type;
    return { uses: `${negation}${foreign}`, foreign };
  }
  const kind = Object.hasOwn(RENAMED, type) ? RENAMED[type] : SAME.has(type) ? type : undefined;
  if (kind === undefined) return { uses: 'equals', value: cell };
  const value = text === undefined || text === '' ? undefined : readValue(type, text);
  const threshold = limit === undefined ? Number.NaN : Number(limit);
  return {
    uses: `${negation}${kind}`,
    ...(value === undefined ? {} : { value }),
    ...(Number.isFinite(threshold) ? { threshold } : {}),
  };
}

function readValue(type: string, text: string): string | readonly string[] {
  return LISTS.has(type) ? text.split(',').map((part) => part.trim()) : text.trim();
}

function readThreshold(
  cell: string | undefined,
  problem: (message: string) => void,
): number | undefined {
  if (cell === undefined || cell.trim() === '') return undefined;
  const threshold = Number(cell);
  if (Number.isFinite(threshold)) return threshold;
  problem(`\`__threshold\` is not a number: "${cell.slice(0, 40)}"`);
  return undefined;
}
