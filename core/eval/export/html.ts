import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { formatJobName, type JobRecord, listReasons, type RunRecord } from './run-record.ts';

/**
 * Runs as one HTML page without scripts, pictures or anything loaded. Its policy allows the one style
 * sheet in it by its hash and nothing else, so that an answer stays text whatever it holds.
 */
export function renderHtmlReport(records: readonly RunRecord[]): string {
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8ToBytes(STYLE)))}'; base-uri 'none'; form-action 'none'`;
  const title = records.map(({ path }) => path).join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)} · Promptsmith</title>
<style>${STYLE}</style>
</head>
<body>
${records.map(section).join('\n')}
</body>
</html>
`;
}

function section(record: RunRecord): string {
  const { path, name, summary, jobs } = record;
  const { run, totals: t, passRate, latency } = summary;
  const rate = passRate
    ? `${percent(passRate.value)} <small>95 % interval ${percent(passRate.low)} to ${percent(passRate.high)}</small>`
    : 'nothing was checked';
  const cost = run.replay
    ? 'nothing (recordings)'
    : t.cost === null
      ? 'unknown'
      : `$${t.cost.toFixed(4)}`;
  const facts: [string, string][] = [
    ['Pass rate', rate],
    [
      'Cases',
      escapeHtml(
        `${t.passed} passed, ${t.failed} failed, ${t.errored} errored, ${t.skipped} skipped, ${t.noChecks} without checks`,
      ),
    ],
    ['Models', escapeHtml(run.models.join(', '))],
    ['Cost', escapeHtml(cost)],
    [
      'Latency',
      latency
        ? escapeHtml(`p50 ${Math.round(latency.p50)} ms, p95 ${Math.round(latency.p95)} ms`)
        : 'not measured',
    ],
    ['Run', escapeHtml(`${run.id}, ${run.at}`)],
  ];
  const list = facts.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('');
  return `<h1>${escapeHtml(name || path)}</h1>
<p><code>${escapeHtml(path)}</code></p>
<dl>${list}</dl>
<table>
<thead><tr><th scope="col">Result</th><th scope="col">Case</th><th scope="col">Score</th><th scope="col">Details</th></tr></thead>
<tbody>
${jobs.map((job) => row(job, record)).join('\n')}
</tbody>
</table>`;
}

function row(job: JobRecord, { summary }: RunRecord): string {
  const tags = job.tags.map((tag) => ` <small>${escapeHtml(tag)}</small>`).join('');
  const why = listReasons(job)
    .map((line) => `<li dir="auto">${escapeHtml(line)}</li>`)
    .join('');
  const answer = job.answer
    ? `<details><summary>Answer</summary><pre dir="auto">${escapeHtml(job.answer.text)}</pre></details>`
    : '';
  const checks = job.results
    .map(({ name, passed, score, detail, error }) => {
      const mark =
        error !== undefined
          ? 'error'
          : passed === null
            ? 'not measured'
            : passed
              ? 'passed'
              : 'failed';
      const shown = score === null ? '' : ` ${score.toFixed(2)}`;
      return `<li dir="auto">${escapeHtml(`${mark}${shown} · ${name}: ${error ?? detail}`)}</li>`;
    })
    .join('');
  const all = checks === '' ? '' : `<details><summary>Checks</summary><ul>${checks}</ul></details>`;
  const score = job.score === null ? '' : job.score.toFixed(2);
  return `<tr class="${job.outcome}"><td>${job.outcome}</td><th scope="row" dir="auto">${escapeHtml(formatJobName(job, summary))}${tags}</th><td>${score}</td><td>${why === '' ? '' : `<ul>${why}</ul>`}${all}${answer}</td></tr>`;
}

const STYLE = `
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

function escapeHtml(text: string): string {
  return text
    .replaceAll('\0', '\ufffd')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
