import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { formatPercent } from '../../format-percent.ts';
import { formatDollars } from '../../models/figures.ts';
import { escapeForHtml, html } from '../../printing/html.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/**
 * Renders runs as one HTML page without scripts, images or external resources. Its content security policy
 * allows only the embedded style sheet, by its hash, so that an answer always stays text.
 */
export function renderHtmlReport(records: readonly RunRecord[]): SafeText<'html'> {
  const hash = base64(sha256(utf8ToBytes(STYLE)));
  const policy = html`default-src 'none'; style-src 'sha256-${escapeForHtml(hash)}'; base-uri 'none'; form-action 'none'`;
  const title = records.map(({ path }) => path).join(', ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeForHtml(title)} · Promptsmith</title>
<style>${STYLE}</style>
</head>
<body>
${joinSafe(records.map(section), '\n')}
</body>
</html>
`;
}

function section(record: RunRecord): SafeText<'html'> {
  const { path, name, summary, jobs } = record;
  const { run, totals: t, passRate, latency } = summary;
  const rate = passRate
    ? html`${percent(passRate.value)} <small>95 % CI ${percent(passRate.low)} to ${percent(passRate.high)}</small>`
    : html`no checks`;
  const cost = run.replay
    ? 'none (recordings)'
    : t.cost === null
      ? 'unknown'
      : formatDollars(t.cost);
  const facts: [SafeText<'html'>, SafeText<'html'>][] = [
    [html`Pass rate`, rate],
    [
      html`Cases`,
      escapeForHtml(
        `${t.passed} passed, ${t.failed} failed, ${t.errored} errored, ${t.skipped} skipped, ${t.noChecks} without checks`,
      ),
    ],
    [html`Models`, escapeForHtml(run.models.join(', '))],
    [html`Cost`, escapeForHtml(cost)],
    [
      html`Latency`,
      latency
        ? escapeForHtml(`p50 ${Math.round(latency.p50)} ms, p95 ${Math.round(latency.p95)} ms`)
        : html`not measured`,
    ],
    [html`Run`, escapeForHtml(`${run.id}, ${run.at}`)],
  ];
  const list = joinSafe(facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`));
  return html`<h1>${escapeForHtml(name || path)}</h1>
<p><code>${escapeForHtml(path)}</code></p>
<dl>${list}</dl>
<table>
<thead><tr><th scope="col">Result</th><th scope="col">Case</th><th scope="col">Score</th><th scope="col">Details</th></tr></thead>
<tbody>
${joinSafe(
  jobs.map((job) => row(job, record)),
  '\n',
)}
</tbody>
</table>`;
}

function row(job: JobRecord, { summary }: RunRecord): SafeText<'html'> {
  const outcome = escapeForHtml(job.outcome);
  const tags = joinSafe(job.tags.map((tag) => html` <small>${escapeForHtml(tag)}</small>`));
  const why = joinSafe(
    listReasons(job).map((line) => html`<li dir="auto">${escapeForHtml(line)}</li>`),
  );
  const answer = job.answer
    ? html`<details><summary>Answer</summary><pre dir="auto">${escapeForHtml(job.answer.text)}</pre></details>`
    : html``;
  const checks = joinSafe(
    job.results.map(({ name, passed, score, detail, error }) => {
      const mark =
        error !== undefined
          ? 'error'
          : passed === null
            ? 'not measured'
            : passed
              ? 'passed'
              : 'failed';
      const shown = score === null ? '' : ` ${score.toFixed(2)}`;
      return html`<li dir="auto">${escapeForHtml(`${mark}${shown} · ${name}: ${error ?? detail}`)}</li>`;
    }),
  );
  const all =
    checks === '' ? html`` : html`<details><summary>Checks</summary><ul>${checks}</ul></details>`;
  const score = escapeForHtml(job.score === null ? '' : job.score.toFixed(2));
  const reason = why === '' ? html`` : html`<ul>${why}</ul>`;
  return html`<tr class="${outcome}"><td>${outcome}</td><th scope="row" dir="auto">${escapeForHtml(formatJobName(job, summary))}${tags}</th><td>${score}</td><td>${reason}${all}${answer}</td></tr>`;
}

const STYLE = html`
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: 500; }
td:first-child { border-left: .3rem solid #8888; white-space: nowrap; }
.passed td:first-child { border-left-color: #2a8c4a; }
.failed td:first-child, .errored td:first-child { border-left-color: #c62f3a; }
ul { margin: 0; padding-left: 1.1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8882; padding: .6rem; unicode-bidi: isolate; }
small { opacity: .75; }
`;

function percent(share: number): SafeText<'html'> {
  return escapeForHtml(formatPercent(share));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
