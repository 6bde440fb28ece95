import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/**
 * Runs as JUnit XML, in the shape that Jenkins, GitLab and GitHub's reporters read: a suite per run, a
 * case per call. A case without checks, like one left out, is skipped.
 */
export function renderJunitReport(records: readonly RunRecord[]): string {
  const suites = records.map(suite);
  const sum = (name: keyof Counts): number =>
    suites.reduce((total, { counts }) => total + counts[name], 0);
  const all = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  const time = suites.reduce((total, { seconds }) => total + seconds, 0);
  const head = attributes({
    name: 'promptsmith',
    ...all,
    time: fixed(time),
  });
  const body = suites.map(({ xml }) => xml).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}\n</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function suite(record: RunRecord): { xml: string; counts: Counts; seconds: number } {
  const { summary, jobs, path } = record;
  const count = (...outcomes: JobRecord['outcome'][]): number =>
    jobs.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const counts = {
    tests: jobs.length,
    failures: count('failed'),
    errors: count('errored'),
    skipped: count('skipped', 'no-checks'),
  };
  const seconds = summary.durationMs / 1000;
  const { run, passRate, totals } = summary;
  const properties = {
    run: run.id,
    models: run.models.join(', '),
    passRate: passRate ? String(passRate.value) : undefined,
    passRateLow: passRate ? String(passRate.low) : undefined,
    passRateHigh: passRate ? String(passRate.high) : undefined,
    costUsd: totals.cost === null ? undefined : String(totals.cost),
    replay: String(run.replay),
  };
  const lines = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`      <property${attributes({ name, value })}/>`],
  );
  const head = attributes({
    name: path,
    ...counts,
    time: fixed(seconds),
    timestamp: stamp(run.at),
  });
  const cases = jobs.map((job) => testCase(job, record));
  const xml = [
    `  <testsuite${head}>`,
    '    <properties>',
    ...lines,
    '    </properties>',
    ...cases,
    '  </testsuite>',
  ].join('\n');
  return { xml, counts, seconds };
}

function testCase(job: JobRecord, { path, summary }: RunRecord): string {
  const time = fixed((job.answer?.latencyMs ?? 0) / 1000);
  const head = attributes({ classname: path, name: formatJobName(job, summary), time });
  const parts = [...renderOutcome(job)];
  if (job.answer && job.outcome !== 'passed')
    parts.push(`<system-out>${escapeXml(job.answer.text)}</system-out>`);
  if (parts.length === 0) return `    <testcase${head}/>`;
  const body = parts.map((part) => `      ${part}`).join('\n');
  return `    <testcase${head}>\n${body}\n    </testcase>`;
}

function* renderOutcome(job: JobRecord): Generator<string> {
  const lines = listReasons(job);
  const message = lines[0] ?? '';
  const text = escapeXml(lines.join('\n'));
  switch (job.outcome) {
    case 'passed':
      return;
    case 'skipped':
      yield '<skipped/>';
      return;
    case 'no-checks':
      yield `<skipped${attributes({ message: 'no checks: nothing says what a good answer is' })}/>`;
      return;
    case 'failed':
      yield `<failure${attributes({ message, type: 'failed' })}>${text}</failure>`;
      return;
    case 'errored':
      yield `<error${attributes({ message, type: job.error?.kind ?? 'evaluator' })}>${text}</error>`;
      return;
    default:
      job.outcome satisfies never;
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeXml(String(value)).replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`)}"`,
    )
    .join('');
}

/** XML 1.0 has no control characters and no half of a surrogate pair, escaped or not. */
function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Cs}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in XML
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function fixed(seconds: number): string {
  return seconds.toFixed(3);
}

/** ISO 8601 without fraction and zone, as the schema wants it. */
function stamp(at: string): string {
  return at.slice(0, 19);
}
