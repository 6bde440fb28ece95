import { isPlainField } from './contexts.ts';
import { FETCHED, MODEL, markOrigin, TRUSTED, UNKNOWN, type Value } from './origins.ts';

const PLAIN = markOrigin(TRUSTED);
const NOBODY_KNOWS = markOrigin(UNKNOWN);
const THIRD_PARTY = markOrigin(FETCHED);

/** Fields of issues and pull requests that hold what their authors write. */
const TEXT_FIELD =
  /^(?:title|body|bodyText|bodyHTML|comments|reviews|latestReviews|commits|headRefName|message|messageHeadline|messageBody|patch|diff|description|text|content|textMatches)$/i;
/** Fields that people with rights in the repository fill, and names with a fixed set of characters. */
const OWN_FIELD =
  /^(?:tag_?name|oid|labels|milestone|author|assignees|base_?ref_?name|base|default_branch|mergeCommit|isDraft|isPrerelease|isLatest|version|length|user|owner|repository|nameWithOwner|projectItems)$/i;

/** Finds what GitHub's command line prints: depends on the fields that are asked for. */
export function readGh(args: readonly Value[]): Value {
  const [group = '', verb = ''] = args;
  switch (group) {
    case 'models':
      return verb === 'run' ? markOrigin(MODEL) : NOBODY_KNOWS;
    case 'issue':
    case 'pr':
    case 'search':
      return readDiscussion(group, verb, args);
    case 'api':
      return readApi(args);
    case 'label':
    case 'variable':
    case 'secret':
    case 'workflow':
      return PLAIN;
    case 'auth':
    case 'extension':
      return '';
    default: {
      const fields = optionOf(args, /^--json$/);
      const query = optionOf(args, /^(?:-q|--jq)$/) ?? '';
      const isPlain = fields?.split(',').every(isOwnField) ?? false;
      return isPlain || selectsPlainFields(query) ? PLAIN : NOBODY_KNOWS;
    }
  }
}

function readDiscussion(group: string, verb: string, args: readonly Value[]): Value {
  const has = (pattern: RegExp): boolean => args.some((arg) => pattern.test(arg));
  if (group === 'pr' && verb === 'diff') return has(/^--name-only$/) ? NOBODY_KNOWS : THIRD_PARTY;
  if (group !== 'search' && !/^(?:view|list|status)$/.test(verb))
    // The address of what was created, or how checks went.
    return /^(?:create|comment|edit|close|merge|reopen)$/.test(verb) ? PLAIN : NOBODY_KNOWS;
  const query = optionOf(args, /^(?:-q|--jq)$/) ?? '';
  if (selectsPlainFields(query)) return PLAIN;
  const fields = optionOf(args, /^--json$/)?.split(',') ?? ['body'];
  if (fields.every(isOwnField)) return PLAIN;
  return fields.some((field) => TEXT_FIELD.test(field.trim())) ? THIRD_PARTY : NOBODY_KNOWS;
}

function readApi(args: readonly Value[]): Value {
  const query = optionOf(args, /^(?:-q|--jq)$/) ?? '';
  if (selectsPlainFields(query)) return PLAIN;
  const path = args.slice(1).find((arg) => !arg.startsWith('-')) ?? '';
  const isDiscussion = /\b(?:issues|pulls|comments|discussions|reviews|search)\b/.test(path);
  // Without a query the whole object is printed, with its texts.
  const isText = query === '' || listFields(query).some((field) => TEXT_FIELD.test(field));
  return isDiscussion && isText ? THIRD_PARTY : NOBODY_KNOWS;
}

/** Finds what git prints: hashes and tags are the repository's, its history is what was pushed. */
export function readGit(args: readonly Value[], hasForeignHistory: boolean): Value {
  const verb = args.find((arg, i) => !arg.startsWith('-') && !/^-[Cc]$/.test(args[i - 1] ?? ''));
  switch (verb) {
    case 'rev-parse':
    case 'describe':
    case 'tag':
    case 'rev-list':
    case 'remote':
    case 'config':
    case 'ls-remote':
    case 'merge-base':
    case 'hash-object':
    case 'for-each-ref':
      return PLAIN;
    case 'add':
    case 'commit':
    case 'push':
    case 'fetch':
    case 'checkout':
    case 'pull':
    case 'clone':
      return '';
    case 'log':
    case 'show':
    case 'diff':
    case 'shortlog':
    case 'whatchanged':
    case 'format-patch':
    case 'cherry':
      break;
    default:
      return NOBODY_KNOWS;
  }
  if (args.some((arg) => arg === '--shortstat')) return PLAIN;
  const format = /^--(?:format|pretty)=(?:format:|tformat:)?(.*)$/s.exec(
    args.find((arg) => /^--(?:format|pretty)=/.test(arg)) ?? '',
  )?.[1];
  // Hashes and dates, without subjects, bodies and names of authors.
  if (format !== undefined && /%/.test(format) && !/%(?:[sbBfNe]|[ac][nNeElL]|\()/.test(format))
    return PLAIN;
  if (args.some((arg) => /^--(?:name-only|name-status|stat|numstat|dirstat)\b/.test(arg)))
    return NOBODY_KNOWS;
  return hasForeignHistory ? THIRD_PARTY : NOBODY_KNOWS;
}

/** True if a jq query reads only numbers, hashes, dates and other fields that hold no free text. */
export function selectsPlainFields(query: string): boolean {
  const fields = listFields(query);
  return fields.length > 0 && fields.every(isOwnField);
}

function isOwnField(field: string): boolean {
  const name = field.trim();
  return isPlainField(name) || OWN_FIELD.test(name);
}

/** The last field of each path of a jq query: `.[] | .user.login` reads `login`, and `.labels[].name` labels. */
function listFields(query: string): string[] {
  const paths = query.match(/(?:\.[A-Za-z_]\w*(?:\[[^\]]{0,40}\])?\??)+/g) ?? [];
  const fields = paths.map((path) => {
    if (/\.labels\b/.test(path)) return 'labels';
    return /\.(\w+)(?:\[[^\]]*\])?\??$/.exec(path)?.[1] ?? '';
  });
  return /\|\s*length\s*$/.test(query) ? ['length'] : fields;
}

function optionOf(args: readonly Value[], name: RegExp): Value | undefined {
  const index = args.findIndex((arg) => name.test(arg));
  if (index >= 0) return args[index + 1];
  const joined = args.find((arg) => arg.includes('=') && name.test(arg.slice(0, arg.indexOf('='))));
  return joined?.slice(joined.indexOf('=') + 1);
}
