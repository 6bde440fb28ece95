import type { Trust } from '../../prompt/document.ts';

/*
 * Who writes the values that GitHub Actions expressions read. From GitHub's "Script injections" page and the
 * payloads of its webhooks: titles, bodies, names of branches and pages, commit messages and authors
 * are chosen by whoever opens, comments or pushes.
 */

const EXTERNAL: readonly RegExp[] = [
  /^github\.head_ref$/,
  /^github\.event$/,
  /^github\.event\.(?:issue|pull_request|discussion|comment|review|review_comment|workflow_run|head_commit|commits|pages|client_payload|changes)$/,
  /^github\.event\.(?:issue|pull_request|discussion|comment|review|review_comment)\.(?:title|body)$/,
  /^github\.event\.pull_request\.head$/,
  /^github\.event\.pull_request\.head\.(?:ref|label|repo|repo\.(?:default_branch|description|homepage|name|full_name))$/,
  /^github\.event\.workflow_run\.(?:head_branch|display_title|head_commit|head_commit\..{1,60}|head_repository\.description|pull_requests\..{1,60}\.head\.ref)$/,
  /^github\.event\.pages\.[\w*[\]]{1,20}\.(?:page_name|title|summary)$/,
  /^github\.event\.(?:head_commit|commits\.[\w*[\]]{1,20})\.(?:message|author|author\.(?:name|email)|committer\.(?:name|email))$/,
  /^github\.event\.changes\.(?:title|body)\.from$/,
  /^github\.event\.client_payload\..{1,100}$/,
];

const TRUSTED: readonly RegExp[] = [
  /^github\.(?:repository|repository_owner|repository_id|sha|run_id|run_number|run_attempt|actor|triggering_actor|event_name|workflow|workflow_ref|ref|ref_name|ref_type|base_ref|job|action|server_url|api_url|workspace)$/,
  /^github\.event\.(?:action|number|sender\..{1,40}|repository\..{1,60}|organization\..{1,40}|installation\..{1,40}|label\..{1,40})$/,
  /^github\.event\.(?:issue|pull_request|discussion|comment|review|review_comment|workflow_run)\.(?:number|id|node_id|state|html_url|url|created_at|updated_at|closed_at|draft|merged|additions|deletions|changed_files|commits|comments|author_association|conclusion|status|run_number|user\.(?:login|id|type)|labels|labels\.[\w*[\]]{1,20}\.name|base\..{1,60}|head\.sha|head_sha)$/,
  /^(?:secrets|vars|runner|job|strategy|matrix)(?:\..{1,100})?$/,
];

/** Finds who writes the value of a context such as `github.event.issue.body`; `unknown` without evidence. */
export function classifyContext(path: string): Trust | 'unknown' {
  const name = path.toLowerCase();
  if (EXTERNAL.some((pattern) => pattern.test(name))) return 'external';
  return TRUSTED.some((pattern) => pattern.test(name)) ? 'trusted' : 'unknown';
}

/** Finds the contexts that an expression reads, without strings: `a.b['c'].d` is `a.b.c.d`. */
export function findContexts(expression: string): string[] {
  const dotted = expression.replace(/\[\s{0,3}'([\w-]{1,60})'\s{0,3}\]/g, '.$1');
  const bare = dotted.replace(/'[^']*'/g, "''");
  return [
    ...bare.matchAll(/(?<![\w.-])[A-Za-z_][\w-]*(?:\.(?:[\w-]+|\*)|\[[\d*]{1,6}\])*(?!\s*\()/g),
  ]
    .map(([path]) => path.replace(/\[([\d*]+)\]/g, '.$1'))
    .filter((path) =>
      /^(?:github|inputs|env|steps|needs|secrets|vars|matrix|runner|job|strategy)(?:\.|$)/i.test(
        path,
      ),
    );
}

/** True if the value is written as JSON, which YAML reads as one value whatever it contains. */
export function isJson(expression: string): boolean {
  return /^\$\{\{\s*tojson\s*\(/i.test(expression) && /\)\s*\}\}$/.test(expression);
}

/** Finds the `${{ … }}` of a text, with their spans. */
export function findExpressions(text: string): { readonly text: string; readonly start: number }[] {
  const found: { text: string; start: number }[] = [];
  for (let at = text.indexOf('${{'); at >= 0; ) {
    const close = text.indexOf('}}', at + 3);
    if (close < 0) break;
    found.push({ text: text.slice(at, close + 2), start: at });
    at = text.indexOf('${{', close + 2);
  }
  return found;
}
