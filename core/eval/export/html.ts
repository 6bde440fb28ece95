import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { html } from '../../printing/html.ts';
import { joinSafe, type SafeText } from '../../printing/safe-text.ts';
import { renderHtmlRun } from './html-run.ts';
import { HTML_STYLE } from './html-style.ts';
import type { RunRecord } from './run-record.ts';
import { showInHtml } from './show-in-html.ts';

/** UTF-16 units of answers that a page shows at most, so that a browser opens it. */
const MAX_TEXT = 6_000_000;

/**
 * Renders runs as one HTML page without scripts, images or external resources. Its content security policy
 * allows only the embedded style sheet, by its hash, so that an answer always stays text.
 */
export function renderHtmlReport(records: readonly RunRecord[]): SafeText<'html'> {
  const hash = base64(sha256(utf8ToBytes(HTML_STYLE)));
  const policy = html`default-src 'none'; style-src 'sha256-${showInHtml(hash)}'; base-uri 'none'; form-action 'none'`;
  const title = records
    .map(({ report: { result, path } }) => `${result[0]?.text ?? ''} · ${path}`)
    .join(', ');
  const jobs = records.reduce((sum, one) => sum + one.jobs.length, 0);
  // An input and an answer for each call.
  const maxLength = Math.max(200, Math.min(20_000, Math.floor(MAX_TEXT / Math.max(1, 2 * jobs))));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${showInHtml(title.length > 200 ? `${title.slice(0, 199)}…` : title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
${joinSafe(
  records.map((record) => renderHtmlRun(record, maxLength)),
  '\n',
)}
</main>
</body>
</html>
`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
