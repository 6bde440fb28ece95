import type { Finding, OtherFile, Severity, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { LineMap, type Span } from '#core/text.ts';

/** A file that findings refer to. Its secrets are masked; length and lines stay the same. */
export interface ReportedFile {
  /** Relative to the working folder, with `/`. */
  readonly path: string;
  readonly lines: LineMap;
}

/** A finding with its related places resolved. */
export interface ReportedFinding extends Omit<Finding, 'uri' | 'related'> {
  readonly related: readonly {
    readonly message: string;
    readonly span: Span;
    readonly file: ReportedFile;
  }[];
}

/** A checked file with its findings. */
export interface CheckedFile extends ReportedFile {
  readonly findings: readonly ReportedFinding[];
}

export interface CheckSummary extends Readonly<Record<Severity, number>> {
  readonly files: number;
  readonly suppressed: number;
  /** Findings in the project's lint baseline. */
  readonly known: number;
}

/** Collects findings by the file that they are in. */
export class Findings {
  readonly #pathOf: (uri: string) => string;
  readonly #checked = new Map<string, Entry>();
  readonly #others = new Map<string, Entry>();

  /** `pathOf`: the path that is shown for a file other than the checked ones. */
  constructor(pathOf: (uri: string) => string) {
    this.#pathOf = pathOf;
  }

  /** Adds the findings of one check. `text`: with its keys masked. `others`: the files that they may refer to, by URI. */
  add(
    path: string,
    text: string,
    findings: readonly Finding[],
    others: WorkspaceFacts['files'] = new Map(),
  ): void {
    const secrets = findings.filter(({ rule, uri }) => rule.masksText && uri === undefined);
    const own: Entry = { path, lines: new LineMap(maskFindings(text, secrets)), findings: [] };
    this.#checked.set(path, own);
    const entryOf = (uri: string | undefined): Entry => {
      const file = uri === undefined ? undefined : others.get(uri);
      return uri === undefined || !file ? own : this.#other(this.#pathOf(uri), file);
    };
    const texts = secrets.map(({ span }) => text.slice(span.start, span.end));
    for (const { uri, related = [], fixes = [], ...finding } of findings) {
      entryOf(uri).findings.push({
        ...finding,
        related: related.map((place) => ({
          message: place.message,
          span: place.span,
          file: entryOf(place.uri),
        })),
        // A fix that repeats a secret would show it.
        fixes: fixes.filter(
          ({ edits }) => !edits.some((edit) => texts.some((secret) => edit.text.includes(secret))),
        ),
      });
    }
  }

  /** The checked files in their order, then other files with findings. */
  files(): readonly CheckedFile[] {
    const others = [...this.#others.values()].filter(({ findings }) => findings.length > 0);
    return [...this.#checked.values(), ...others];
  }

  #other(path: string, { text }: OtherFile): Entry {
    let entry = this.#checked.get(path) ?? this.#others.get(path);
    if (!entry) {
      entry = { path, lines: new LineMap(text), findings: [] };
      this.#others.set(path, entry);
    }
    return entry;
  }
}

interface Entry extends CheckedFile {
  readonly findings: ReportedFinding[];
}

/** Masks the findings' text with dots; length and lines stay the same. */
function maskFindings(text: string, secrets: readonly Finding[]): string {
  let out = text;
  for (const { span } of secrets) {
    const dots = text.slice(span.start, span.end).replace(/[^\r\n]/g, '•');
    out = out.slice(0, span.start) + dots + out.slice(span.end);
  }
  return out;
}

/** True for a finding to report: neither suppressed nor in the lint baseline. */
export function isOpen({ suppressed, known }: ReportedFinding): boolean {
  return !suppressed && !known;
}

/** Counts findings. `checked`: the number of checked files. */
export function summarizeFindings(files: readonly CheckedFile[], checked: number): CheckSummary {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  let suppressed = 0;
  let known = 0;
  for (const finding of files.flatMap((file) => file.findings)) {
    if (finding.suppressed) suppressed++;
    else if (finding.known) known++;
    else counts[finding.severity]++;
  }
  return { files: checked, ...counts, suppressed, known };
}
