import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { renderCsvReport } from '#core/eval/export/csv.ts';
import { renderGhModelsReport } from '#core/eval/export/gh-models.ts';
import { renderGithubReport } from '#core/eval/export/github.ts';
import { renderHtmlReport } from '#core/eval/export/html.ts';
import { renderJsonReport } from '#core/eval/export/json.ts';
import { renderJunitReport } from '#core/eval/export/junit.ts';
import { renderMarkdownReport } from '#core/eval/export/markdown.ts';
import { type RunRecord, recordRun } from '#core/eval/export/run-record.ts';
import { judgeAcceptance } from '#core/eval/report/acceptance.ts';
import { concludeRun, MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import { Report } from '#core/eval/report/report.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { collect, modelOf, planOf, portsOf } from '#test/support/evals.ts';
import { end, failure, start } from '#test/support/runs.ts';

const HOSTILE =
  '=cmd()"\'<script>alert(1)</script><img src=x onerror=alert(1)>\u0000\u001b[31m\ud800 ]]>&amp;\r\n::error::mine\n%0A::set-env::x';

const PROMPT = `name: Greeting & <b>more</b>
description: says hello
model: openai/gpt-4o-mini
messages:
  - { role: user, content: "Say {{word}}" }
testData:
  - { word: hello, n: 1.5, $case: { name: good, tags: [a, b] } }
  - { word: bye, $case: { name: "bad, <i>: 100%" } }
  - { word: lost, $case: { name: lost } }
  - { word: left, $case: { name: left, skip: true } }
evaluators:
  - { name: greets, uses: promptsmith/contains, with: hello }
`;

async function record(
  repeat = 1,
  { hidden = (text: string) => text, redacted = [] as readonly string[] } = {},
): Promise<RunRecord> {
  const made = planOf(PROMPT, { repeat });
  const model = modelOf(({ messages }) => {
    const asked = messages.at(-1)?.content ?? '';
    if (asked.includes('lost')) return failure({ kind: 'not-found', message: 'no such model' });
    return end(asked.includes('hello') ? ' hello you ' : HOSTILE);
  });
  const events: RunEvent[] = await collect(start(made, portsOf(model), { concurrency: 1 }));
  const report = new Report();
  for (const event of events) report.add(event);
  const summary = report.summary();
  assert.ok(summary);
  async function* all(): AsyncGenerator<RunEvent> {
    yield* events;
  }
  const cases = report.cases(made.cases);
  const acceptance = judgeAcceptance(null, summary, cases, new Set());
  return await recordRun(
    {
      path: 'p/a.prompt.yaml',
      plan: made,
      summary,
      cases,
      acceptance,
      conclusion: concludeRun(summary, acceptance, MAX_ERROR_RATE),
      comparisons: [],
      baseline: null,
      models: [],
      maxErrorRate: MAX_ERROR_RATE,
      hidden,
      redacted,
    },
    all(),
  );
}

/** Elements of the schema that Jenkins publishes for JUnit: attributes, then children in this order. */
const JUNIT: Readonly<Record<string, { attributes: string[]; children: string[] }>> = {
  testsuites: {
    attributes: ['name', 'tests', 'failures', 'errors', 'time'],
    children: ['testsuite'],
  },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
    children: ['properties', 'testcase'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['classname', 'name', 'time'],
    children: ['skipped', 'error', 'failure', 'system-out'],
  },
  skipped: { attributes: ['message'], children: ['#text'] },
  failure: { attributes: ['message', 'type'], children: ['#text'] },
  error: { attributes: ['message', 'type'], children: ['#text'] },
  'system-out': { attributes: [], children: ['#text'] },
};

type XmlNode = { readonly [name: string]: unknown };

function checkShape(node: XmlNode, seen: Map<string, number>): void {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  if (name === '#text') return;
  seen.set(name, (seen.get(name) ?? 0) + 1);
  const shape = JUNIT[name];
  assert.ok(shape, `<${name}> is no element of JUnit`);
  for (const key of Object.keys((node[':@'] as object | undefined) ?? {}))
    assert.ok(shape.attributes.includes(key), `${name} has no ${key}`);
  let at = 0;
  for (const child of node[name] as XmlNode[]) {
    const kind = Object.keys(child).find((key) => key !== ':@') ?? '';
    const place = shape.children.indexOf(kind, at);
    const isSpace = kind === '#text' && String(child[kind]).trim() === '';
    if (isSpace) continue;
    assert.ok(place >= 0, `<${kind}> may not stand here in <${name}>`);
    at = place;
    checkShape(child, seen);
  }
}

test('JUnit: well-formed, in the published shape, with true counts', async () => {
  const xml = renderJunitReport([await record(), await record(2)]);
  assert.equal(XMLValidator.validate(xml), true);
  const options = { ignoreAttributes: false, attributeNamePrefix: '', trimValues: false };
  const parsed = new XMLParser({ ...options, preserveOrder: true, ignoreDeclaration: true });
  const seen = new Map<string, number>();
  const roots = (parsed.parse(xml) as XmlNode[]).filter((node) => !('#text' in node));
  assert.equal(roots.length, 1);
  checkShape(roots[0] ?? {}, seen);
  assert.equal(seen.get('testsuite'), 2);
  const { testsuites } = new XMLParser(options).parse(xml);
  assert.equal(testsuites.tests, String(seen.get('testcase')));
  assert.equal(testsuites.failures, String(seen.get('failure')));
  assert.equal(testsuites.errors, String(seen.get('error')));
  const skipped = testsuites.testsuite.map((suite: { skipped: string }) => Number(suite.skipped));
  assert.equal(skipped[0] + skipped[1], seen.get('skipped'));
  const [first] = testsuites.testsuite;
  assert.equal(first.testcase[1].name, 'bad, <i>: 100%');
  assert.match(first.testcase[1]['system-out'], /<script>alert\(1\)<\/script>/);
  assert.match(first.testcase[2].error['#text'], /no such model/);
  // What must not stand in XML 1.0, escaped or not.
  assert.doesNotMatch(xml, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
});

test('HTML: one page without scripts; its policy allows its own style alone', async () => {
  const html = renderHtmlReport([await record()]);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  const tags = new Set([...html.matchAll(/<([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag));
  for (const tag of ['script', 'img', 'i', 'b', 'link', 'iframe', 'a'])
    assert.ok(!tags.has(tag), tag);
  assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  // The words are there, but in no tag.
  for (const [tag] of html.matchAll(/<[^>]*>/g)) assert.doesNotMatch(tag, /onerror|alert/);
  assert.ok(html.includes('Greeting &amp; &lt;b&gt;more&lt;/b&gt;'));
  assert.ok(!/\0|\p{Cs}/u.test(html));
});

test('HTML: a bidirectional control is shown, and turns nothing around', async () => {
  const found = await record();
  const [failure] = found.report.failures;
  assert.ok(failure);
  const name = '\u202egnp.exe\u2066';
  const failures = [{ ...failure, name, tags: [name], got: name, input: [[name, name]] as const }];
  const page = renderHtmlReport([{ ...found, report: { ...found.report, failures } }]);
  assert.doesNotMatch(page, /\p{Bidi_Control}/u);
  assert.ok(page.split('⟦U+202E⟧gnp.exe⟦U+2066⟧').length > 4);
});

test('CSV: read back whole, and no cell is a formula', async () => {
  const rows = parse(renderCsvReport([await record()]), { columns: true }) as Record<
    string,
    string
  >[];
  assert.deepEqual(
    rows.map((row) => [row.case, row.outcome]),
    [
      ['good', 'passed'],
      ['bad, <i>: 100%', 'failed'],
      ['lost', 'errored'],
      ['left', 'skipped'],
    ],
  );
  assert.equal(rows[1]?.answer, `'${HOSTILE}`.replace('\ud800', '\ufffd'));
  assert.equal(rows[0]?.evaluators, 'greets=1');
  for (const row of rows)
    for (const [name, cell] of Object.entries(row)) assert.doesNotMatch(cell, /^[=+\-@\t]/, name);
});

test('GitHub: the result, then one annotation per case that failed, at its row; an answer writes none', async () => {
  const lines = renderGithubReport([await record()])
    .trimEnd()
    .split('\n');
  assert.equal(lines.length, 3);
  assert.equal(
    lines[0],
    '::warning file=p/a.prompt.yaml,title=promptsmith eval%3A Inconclusive%3A 1 of 3 answers is missing::✗ every case has to pass: 33.3 %25 of cases passed',
  );
  assert.match(
    lines[1] ?? '',
    /^::error file=p\/a\.prompt\.yaml,line=8,title=failed%3A bad%2C <i>%3A 100%25::greets: /,
  );
  assert.match(
    lines[2] ?? '',
    /^::error file=p\/a\.prompt\.yaml,line=9,title=no answer%3A lost::no such model%0ACheck the model/,
  );
});

test('GitHub: equal errors are one annotation', async () => {
  const lines = renderGithubReport([await record(3)])
    .trimEnd()
    .split('\n');
  assert.equal(lines.length, 3);
  assert.match(lines[2] ?? '', /title=no answer%3A × 3::no such model/);
});

test('gh-models: the documented form', async () => {
  const report = JSON.parse(renderGhModelsReport(await record()));
  assert.deepEqual(Object.keys(report), ['name', 'description', 'model', 'testResults', 'summary']);
  assert.deepEqual(report.summary, {
    totalTests: 3,
    passedTests: 1,
    failedTests: 2,
    passRate: (1 / 3) * 100,
  });
  assert.deepEqual(report.testResults[0], {
    testCase: { word: 'hello', n: 1.5 },
    modelResponse: 'hello you',
    evaluationResults: [
      { evaluatorName: 'greets', score: 1, passed: true, details: 'the answer contains "hello"' },
    ],
  });
  assert.equal(report.testResults[1].evaluationResults[0].passed, false);
  assert.deepEqual(report.testResults[2].evaluationResults, [
    { evaluatorName: 'model call', score: 0, passed: false, details: 'no such model' },
  ]);
});

test('JUnit: its properties say what the run says', async () => {
  const options = { ignoreAttributes: false, attributeNamePrefix: '' };
  const { testsuites } = new XMLParser(options).parse(renderJunitReport([await record()]));
  const listed = testsuites.testsuite.properties.property as { name: string; value: string }[];
  const value = (name: string) => listed.find((one) => one.name === name)?.value;
  assert.equal(value('result'), 'Inconclusive: 1 of 3 answers is missing');
  assert.equal(value('conclusion'), 'inconclusive');
  assert.equal(value('acceptance'), 'not met: every case has to pass: 33.3 % of cases passed');
  assert.equal(value('passRate'), '0.5');
  assert.equal(value('answered'), '2 of 3');
});

test('JSON: the summary, what the report says, and each case with its answers', async () => {
  const json = JSON.parse(renderJsonReport([await record(2)]));
  assert.equal(json.v, 2);
  assert.equal(json.conclusion.kind, 'inconclusive');
  assert.deepEqual(json.result[0], {
    tone: 'open',
    text: 'Inconclusive: 2 of 6 answers are missing',
  });
  const [good, bad, lost] = json.cases;
  assert.deepEqual(
    [good.id, good.file, good.line, good.input],
    ['good', 'p/a.prompt.yaml', 7, { word: 'hello', n: '1.5' }],
  );
  assert.equal(good.answers.length, 2);
  assert.deepEqual(
    [good.answers[1].repeat, good.answers[1].text, good.answers[1].finishReason],
    [2, ' hello you ', 'stop'],
  );
  assert.equal(good.answers[0].source, 'model');
  assert.deepEqual(good.answers[0].reasons, []);
  assert.equal(bad.answers[0].text, HOSTILE);
  assert.deepEqual(bad.answers[0].reasons, ['greets: the answer does not contain "hello"']);
  assert.equal(bad.answers[0].checks[0].passed, false);
  assert.deepEqual(
    [lost.answers[0].text, lost.answers[0].error.kind, lost.answers[0].reasons],
    [null, 'not-found', ['no such model']],
  );
  assert.equal(json.results[0].conclusion.kind, 'inconclusive');
  assert.equal(json.missing[0].count, 2);
});

test('Markdown: an answer stays text, and the report fits into a comment', async () => {
  const found = await record();
  const text = renderMarkdownReport([found]);
  assert.match(text, /^### ❔ Inconclusive: 1 of 3 answers is missing\n/);
  assert.match(text, /^##### ❌ bad, \\<i\\>: 100%$/m);
  assert.match(text, /^- no such model \(lost\) Check the model’s name/m);
  assert.match(text, /^1 passed, 1 skipped$/m);
  // Outside of blocks of code, no tag but ours.
  const outside = text.replace(/^(`{3,})\n.*?\n\1$/gms, '').replace(/`[^`\n]*`/g, '');
  assert.deepEqual(
    [...new Set([...outside.matchAll(/(?<!\\)<\/?(\w+)/g)].map(([, tag]) => tag))].sort(),
    ['details', 'summary'],
  );
  assert.match(text, /^```\n=cmd\(\)"'<script>/m);
  const [failure] = found.report.failures;
  assert.ok(failure);
  const many = Array.from({ length: 500 }, () => ({ ...failure, got: '`'.repeat(2_000) }));
  const long = renderMarkdownReport([{ report: { ...found.report, failures: many } }]);
  assert.ok(long.length <= 60_000, String(long.length));
  assert.match(long, /^… and \d+ more\.$/m);
  const two = { report: { ...found.report, failures: many } };
  assert.ok(renderMarkdownReport([two, two, two]).length <= 60_000);
});

test('a page shows at most so much of each answer that a browser opens it', async () => {
  const found = await record();
  const [job] = found.jobs;
  const [other] = found.report.others;
  assert.ok(job?.answer && other);
  const answer = { ...job.answer, text: 'x'.repeat(100_000) };
  const jobs = Array.from({ length: 2_000 }, (_, i) => ({ ...job, case: `c${i}`, answer }));
  const others = jobs.map((one) => ({ ...other, id: one.case }));
  const page = renderHtmlReport([{ ...found, jobs, report: { ...found.report, others } }]);
  assert.ok(page.length < 8_000_000, String(page.length));
  assert.match(page, /98500 more characters/);
});

test('no format contains a secret or a redacted value of a row', async () => {
  const found = await record(1, {
    hidden: (text) => text.replaceAll('lost', '***'),
    redacted: ['n'],
  });
  const all = {
    ...FORMATS,
    'gh-models': ([first]: readonly RunRecord[]) => (first ? renderGhModelsReport(first) : ''),
  };
  for (const [format, render] of Object.entries(all)) {
    const text = render([found]);
    // The name of a case is its own.
    assert.doesNotMatch(text, /"word": ?"lost"|>lost<\/pre>|word.{0,30}lost/, format);
    assert.doesNotMatch(text, />1\.5<|"n": ?"?1\.5|`1\.5`/, format);
  }
});

const FORMATS = {
  html: renderHtmlReport,
  markdown: renderMarkdownReport,
  json: renderJsonReport,
  csv: renderCsvReport,
  junit: renderJunitReport,
  github: renderGithubReport,
} as const;
