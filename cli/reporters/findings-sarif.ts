import type { Rule, Severity } from '#core/lint/engine/rule.ts';
import { renderRulePage } from '#core/lint/engine/rule-page.ts';
import type { Edit, Span } from '#core/text.ts';
import type { CheckedFile, ReportedFile, ReportedFinding } from './findings.ts';

/** OASIS's schema of SARIF 2.1.0. */
const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};
/** GitHub ranks security alerts by a CVSS-like score: high from 7, medium from 4. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.5',
  info: '3.0',
  hint: '1.0',
};
const PRECISION: Readonly<Record<Rule['mode'], 'high' | 'medium' | 'low'>> = {
  recommended: 'high',
  pedantic: 'medium',
  audit: 'low',
};

/**
 * Formats findings as a SARIF 2.1.0 log, for code scanning. Suppressed findings and those in the lint
 * baseline are included and marked; the source text is not included.
 */
export function formatFindingsSarif(
  files: readonly CheckedFile[],
  rules: readonly Rule[],
  version: string,
): unknown {
  const used = rules.filter(({ id }) =>
    files.some(({ findings }) => findings.some((finding) => finding.id === id)),
  );
  const index = new Map(used.map(({ id }, i) => [id, i]));
  const driver = {
    name: 'Promptsmith',
    semanticVersion: version,
    rules: used.map(descriptor),
  };
  const results = files.flatMap((file) =>
    file.findings.map((finding) => result(finding, file, index.get(finding.id))),
  );
  const invocations = [{ executionSuccessful: true }];
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', invocations, results };
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

function descriptor(rule: Rule): unknown {
  const { id, summary, docs, severity, mode, tags } = rule;
  const cwe = tags.flatMap((tag) => {
    const number = /^CWE-(\d+)$/.exec(tag)?.[1];
    return number === undefined ? [] : [`external/cwe/cwe-${number}`];
  });
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${summary}.` },
    fullDescription: { text: docs.why },
    help: {
      text: `${docs.why}\n\nBad:\n\n${docs.bad}\n\nFixed:\n\n${docs.good}`,
      markdown: renderRulePage(rule),
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [...tags, ...cwe],
      precision: PRECISION[mode],
      ...(tags.includes('security') ? { 'security-severity': SECURITY_SEVERITY[severity] } : {}),
    },
  };
}

function result(
  finding: ReportedFinding,
  file: CheckedFile,
  ruleIndex: number | undefined,
): unknown {
  const { id, severity, confidence, message, span, related, fixes = [], fingerprint } = finding;
  const flow = traceFlow(finding, file);
  const suppressions = listSuppressions(finding);
  return {
    ruleId: id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: place(file, span) }],
    ...(related.length > 0
      ? {
          relatedLocations: related.map((other, i) => ({
            id: i + 1,
            message: { text: other.message },
            physicalLocation: place(other.file, other.span),
          })),
        }
      : {}),
    ...(flow ? { codeFlows: [{ threadFlows: [{ locations: flow }] }] } : {}),
    ...(fixes.length > 0
      ? {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation: artifact(file),
                replacements: edits.map((edit) => replacement(edit, file)),
              },
            ],
          })),
        }
      : {}),
    partialFingerprints: {
      'promptsmith/v1': fingerprint,
      // GitHub would otherwise compute it from the lines.
      primaryLocationLineHash: `${fingerprint}:1`,
    },
    ...(suppressions.length > 0 ? { suppressions } : {}),
    properties: { severity, confidence },
  };
}

/** Traces a value from file to file to the finding; null if it stays in one file. */
function traceFlow(
  { related, message, span }: ReportedFinding,
  file: CheckedFile,
): unknown[] | null {
  if (!related.some((other) => other.file.path !== file.path)) return null;
  const steps = related.map((other) => ({
    text: other.message,
    file: other.file,
    span: other.span,
  }));
  const isOnWay = related.some(
    (other) => other.file.path === file.path && other.span.start === span.start,
  );
  const all = isOnWay ? steps : [...steps, { text: message, file, span }];
  return all.map((step) => ({
    location: { message: { text: step.text }, physicalLocation: place(step.file, step.span) },
  }));
}

function listSuppressions({ suppressed, known }: ReportedFinding): unknown[] {
  const { reason } = suppressed ?? {};
  return [
    ...(suppressed ? [{ kind: 'inSource', ...(reason ? { justification: reason } : {}) }] : []),
    ...(known ? [{ kind: 'external', justification: 'In the lint baseline.' }] : []),
  ];
}

function replacement({ span, text }: Edit, file: ReportedFile): unknown {
  return {
    deletedRegion: region(file, span),
    ...(text === '' ? {} : { insertedContent: { text } }),
  };
}

function place(file: ReportedFile, span: Span): unknown {
  return { artifactLocation: artifact(file), region: region(file, span) };
}

function artifact({ path }: ReportedFile): unknown {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** Lines and columns from 1, in UTF-16 units. */
function region({ lines }: ReportedFile, span: Span): unknown {
  const { start, end } = lines.range(span);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
