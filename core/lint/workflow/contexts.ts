import type { Origin } from './origins.ts';

/*
 * Who writes the values that GitHub Actions expressions read. From GitHub's "Script injections" page and the
 * payloads of its webhooks: titles, bodies, names of branches and pages, commit messages and authors are chosen
 * by whoever opens, comments or pushes. Numbers, ids, hashes, dates and names with a fixed set of characters are
 * not text, and labels, milestones and tags belong to those who may write to the repository.
 */

/** Parts of an event that somebody without rights in the repository can create. */
const THIRD_PARTY =
  /^(?:issue|pull_request|discussion|comment|review|review_comment|answer|workflow_run|head_commit|commits|pages|changes|merge_group)$/;
/** Parts that only people with rights in the repository create, and numbers, refs and states. */
const OWN =
  /^(?:action|number|ref|ref_type|before|after|base_ref|compare|forced|created|deleted|master_branch|pusher_type|schedule|workflow|sender|repository|organization|enterprise|installation|label|milestone|assignee)$/;

/** Text that its writer chooses freely. */
const TEXT =
  /^(?:title|body|body_text|message|display_title|head_branch|page_name|summary|email|label|ref|default_branch|description|homepage|from|name|head|author|committer|repo|head_repository|head_commit|pull_requests|commits|review|comment)$/;
/** Words of an event that hold `ref`, `name` and other common words of third parties. */
const FREE = /^(?:head|author|committer|head_commit|head_repository|from)$/;
/** Values that are not text: numbers, hashes, dates, addresses, states, names of accounts. */
const PLAIN =
  /^(?:number|id|node_id|sha|head_sha|base_sha|merge_commit_sha|tree_id|before|after|state|state_reason|status|conclusion|event|type|action|login|username|full_name|draft|merged|locked|fork|private|archived|size|additions|deletions|changed_files|comments_count|review_comments|author_association|run_number|run_attempt|workflow_id|path|position|line|side|permission|visibility|language|timestamp|\w{1,40}_(?:at|url|count|id|date)|url)$/;
/** Objects that people with rights fill. */
const MAINTAINED =
  /^(?:user|base|labels|milestone|assignee|assignees|requested_reviewers|requested_teams|sender|actor|triggering_actor|repository|reactions|category|_links)$/;

const TRUSTED =
  /^(?:github\.(?:repository|repository_owner|repository_id|repository_owner_id|repositoryurl|sha|run_id|run_number|run_attempt|retention_days|actor|actor_id|triggering_actor|event_name|workflow|workflow_ref|workflow_sha|ref|ref_name|ref_type|ref_protected|base_ref|job|action|action_path|action_ref|action_repository|server_url|api_url|graphql_url|workspace|token|secret_source|event_path)|(?:secrets|vars|runner|job|strategy)(?:\..{1,100})?)$/;

/** Finds who writes the value of a context such as `github.event.issue.body`; `unknown` without evidence. */
export function classifyContext(path: string): Origin['trust'] {
  const name = path.toLowerCase();
  if (name === 'github.head_ref' || name === 'github.event' || name === 'github') return 'external';
  if (TRUSTED.test(name)) return 'trusted';
  const parts = name.split('.').filter((part) => part !== '*' && !/^\d+$/.test(part));
  return parts[0] === 'github' && parts[1] === 'event' ? classifyEvent(parts.slice(2)) : 'unknown';
}

function classifyEvent([first = '', ...rest]: readonly string[]): Origin['trust'] {
  if (OWN.test(first)) return 'trusted';
  if (!THIRD_PARTY.test(first)) return 'unknown';
  const leaf = rest.at(-1);
  // The whole object, with its texts.
  if (leaf === undefined) return 'external';
  if (rest.some((part) => MAINTAINED.test(part))) return 'trusted';
  if (isPlainField(leaf)) return 'trusted';
  const around = [first, ...rest.slice(0, -1)];
  if (/^(?:name|ref|label|repo)$/.test(leaf) && !around.some((part) => FREE.test(part)))
    return 'trusted';
  // A name of a repository has a fixed set of characters.
  if (leaf === 'name' && around.some((part) => /^(?:repo|head_repository)$/.test(part)))
    return 'trusted';
  if (first === 'pull_request' && /^(?:comments|commits|review_comments)$/.test(leaf))
    return 'trusted';
  return TEXT.test(leaf) ? 'external' : 'unknown';
}

/** True for the name of a field that holds no text: a number, a hash, a date, a state. */
export function isPlainField(name: string): boolean {
  return PLAIN.test(name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase());
}
