import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { escapeForXml, formatXmlAttributes, xml } from '../../printing/xml.ts';
import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/**
 * Renders runs as JUnit XML for Jenkins, GitLab and GitHub reporters: one suite per run, one test case per
 * call. A case without checks is reported as skipped.
 */
export function renderJunitReport(records: readonly RunRecord[]): SafeText<'xml'> {
  const suites = records.map(suite);
  const sum = (name: keyof Counts): number =>
    suites.reduce((total, { counts }) => total + counts[name], 0);
  const all = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  const time = suites.reduce((total, { seconds }) => total + seconds, 0);
  const head = formatXmlAttributes({
    name: 'promptsmith',
    ...all,
    time: fixed(time),
  });
  const body = joinSafe(
    suites.map(({ element }) => element),
    '\n',
  );
  return xml`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}\n</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Suite {
  readonly element: SafeText<'xml'>;
  readonly counts: Counts;
  readonly seconds: number;
}

function suite(record: RunRecord): Suite {
  const { report, jobs } = record;
  const { summary, path } = report;
  const count = (...outcomes: JobRecord['outcome'][]): number =>
    jobs.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const counts = {
    tests: jobs.length,
    failures: count('failed'),
    errors: count('errored'),
    skipped: count('skipped', 'no-checks'),
  };
  const seconds = summary.durationMs / 1000;
  const { run } = summary;
  const properties = listProperties(record);
  const lines = properties.map(
    ([name, value]) => xml`      <property${formatXmlAttributes({ name, value })}/>`,
  );
  const head = formatXmlAttributes({
    name: path,
    ...counts,
    time: fixed(seconds),
    timestamp: stamp(run.at),
  });
  const cases = jobs.map((job) => testCase(job, record));
  const element = joinSafe(
    [
      xml`  <testsuite${head}>`,
      xml`    <properties>`,
      ...lines,
      xml`    </properties>`,
      ...cases,
      xml`  </testsuite>`,
    ],
    '\n',
  );
  return { element, counts, seconds };
}

/** What the run says, and what it is about. */
function listProperties({ report, comparisons }: RunRecord): (readonly [string, string])[] {
  const { summary, models, result, conclusion, acceptance } = report;
  const { run, totals } = summary;
  const several = models.length > 1;
  const figures = models.flatMap(({ model, passRate, jobs, conclusion: { kind } }) => {
    const of = several ? `.${model}` : '';
    return [
      [`passRate${of}`, passRate ? String(passRate.value) : null],
      [`passRateLow${of}`, passRate ? String(passRate.low) : null],
      [`passRateHigh${of}`, passRate ? String(passRate.high) : null],
      [`answered${of}`, `${jobs.answered} of ${jobs.asked}`],
      ...(several ? [[`conclusion${of}`, kind] as const] : []),
    ] as const;
  });
  const verdicts = comparisons.flatMap(({ verdict, model, base }) => {
    const of = model === undefined ? '' : `.${model}`;
    return [
      [`verdict${of}`, verdict],
      [`baseline${of}`, base],
    ] as const;
  });
  const marks = { true: 'met', false: 'not met', null: 'undecided' } as const;
  const all: readonly (readonly [string, string | null])[] = [
    ['result', result.map(({ text }) => text).join('. ')],
    ['conclusion', conclusion.kind],
    ...verdicts,
    ...acceptance.map(({ met, text }) => ['acceptance', `${marks[`${met}`]}: ${text}`] as const),
    ...figures,
    ['models', run.models.join(', ')],
    ['run', run.id],
    ['costUsd', totals.cost === null ? null : String(totals.cost)],
    ['callsOfUnknownCost', totals.unknownCalls === 0 ? null : String(totals.unknownCalls)],
    ['replay', String(run.replay)],
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function testCase(job: JobRecord, { report: { path, summary } }: RunRecord): SafeText<'xml'> {
  const time = fixed((job.answer?.latencyMs ?? 0) / 1000);
  const head = formatXmlAttributes({ classname: path, name: formatJobName(job, summary), time });
  const parts = [...renderOutcome(job)];
  if (job.answer && job.outcome !== 'passed')
    parts.push(xml`<system-out>${escapeForXml(job.answer.text)}</system-out>`);
  if (parts.length === 0) return xml`    <testcase${head}/>`;
  const body = joinSafe(
    parts.map((part) => xml`      ${part}`),
    '\n',
  );
  return xml`    <testcase${head}>\n${body}\n    </testcase>`;
}

function* renderOutcome(job: JobRecord): Generator<SafeText<'xml'>> {
  const lines = listReasons(job);
  const message = lines[0] ?? '';
  const text = escapeForXml(lines.join('\n'));
  switch (job.outcome) {
    case 'passed':
      return;
    case 'skipped':
      yield xml`<skipped/>`;
      return;
    case 'no-checks':
      yield xml`<skipped${formatXmlAttributes({ message: 'no checks: the case has no evaluators' })}/>`;
      return;
    case 'failed':
      yield xml`<failure${formatXmlAttributes({ message, type: job.fault?.code ?? 'failed' })}>${text}</failure>`;
      return;
    case 'errored':
      yield xml`<error${formatXmlAttributes({ message, type: job.error?.kind ?? 'evaluator' })}>${text}</error>`;
      return;
    default:
      job.outcome satisfies never;
  }
}

function fixed(seconds: number): string {
  return seconds.toFixed(3);
}

/** ISO 8601 without fraction and time zone, as the schema requires. */
function stamp(at: string): string {
  return at.slice(0, 19);
}
