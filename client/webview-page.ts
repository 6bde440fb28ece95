import { Uri, type Webview, type WebviewOptions } from 'vscode';
import { escapeForHtml, html } from '#core/printing/html.ts';
import type { SafeText } from '#core/printing/safe-text.ts';

/** A page of ours inside VS Code. */
export interface WebviewPage {
  /** The name of its script and style in dist/webview/. */
  readonly name: string;
  readonly title: string;
}

/** What a webview of ours may do: run scripts, and read the folder with ours. */
export function createWebviewOptions(extension: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [findWebviewFolder(extension)] };
}

/**
 * The document of a page. It loads only its own script and style, with a fresh nonce. All content
 * is sent to it afterwards and inserted as text.
 */
export function renderWebviewPage(
  webview: Webview,
  extension: Uri,
  page: WebviewPage,
): SafeText<'html'> {
  const nonce = escapeForHtml(crypto.randomUUID());
  const at = (file: string) =>
    escapeForHtml(
      webview.asWebviewUri(Uri.joinPath(findWebviewFolder(extension), file)).toString(),
    );
  const policy = html`default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeForHtml(page.title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${at(`${page.name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${at(`${page.name}.js`)}"></script>
</body>
</html>`;
}

function findWebviewFolder(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'webview');
}
