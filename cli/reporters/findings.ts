import type { Finding, OtherFile, Severity, WorkspaceFacts } from '#core/lint/engine/rule.ts';
import { LineMap, type Span } from '#core/text.ts';

/** A file that findings speak of, secrets in it hidden: same length, same lines. */
export interface ReportedFile {
  /** From the working folder, with `/`. */
  readonly path: string;
  readonly lines: LineMap;
}

/** A finding whose places are all resolved. */
export interface ReportedFinding extends Omit<Finding, 'uri' | 'related'> {
  readonly related: readonly {
    readonly message: string;
    readonly span: Span;
    readonly file: ReportedFile;
  }[];
}

/** A file with what was found in it. */
export interface CheckedFile extends ReportedFile {
  readonly findings: readonly ReportedFinding[];
}

export interface CheckSummary extends Readonly<Record<Severity, number>> {
  readonly files: number;
  readonly suppressed: number;
  /** Findings that the project's list of known ones holds back. */
  readonly known: number;
}

/** What was found, brought together by the files in which it stands. */
export class Findings {
  readonly #pathOf: (uri: string) => string;
  readonly #checked = new Map<string, Entry>();
  readonly #others = new Map<string, Entry>();

  /** `pathOf`: how a file besides the checked ones is shown. */
  constructor(pathOf: (uri: string) => string) {
    this.#pathOf = pathOf;
  }

  /** Takes the findings of one check; `text`: with its keys hidden. `others`: the files that they may speak of, by URI. */
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
        // A fix that writes a secret anew would show it.
        fixes: fixes.filter(
          ({ edits }) => !edits.some((edit) => texts.some((secret) => edit.text.includes(secret))),
        ),
      });
    }
  }

  /** The checked files in their order, then others in which something stands. */
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

/** The text with dots for what findings mark: as long as before, line for line. */
function maskFindings(text: string, secrets: readonly Finding[]): string {
  let out = text;
  for (const { span } of secrets) {
    const dots = text.slice(span.start, span.end).replace(/[^\r\n]/g, '•');
    out = out.slice(0, span.start) + dots + out.slice(span.end);
  }
  return out;
}

/** True for what a report is about: neither suppressed nor known. */
export function isOpen({ suppressed, known }: ReportedFinding): boolean {
  return !suppressed && !known;
}

/** Counts findings. `checked`: how many files were asked for. */
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
