import type { Span } from '../../text.ts';

/**
 * True if a reply mentions a word only to deny it: "not polite", "neither polite nor rude", "rather than rude",
 * "rude is wrong". Doubtful ones count as negated, because a judge that was misread is worse than one that is
 * asked again.
 */
export function isNegated(text: string, { start, end }: Span): boolean {
  return (
    BEFORE.test(text.slice(Math.max(0, start - REACH), start)) ||
    AFTER.test(text.slice(end, end + REACH))
  );
}

/** In UTF-16 units; a negation is at most five short words away. */
const REACH = 80;

const NEGATORS = [
  "not|cannot|isnt|doesnt|\\p{L}{2,8}n['’]t|never|no|neither|nor|hardly|barely|without|than|instead of",
  'as opposed to|far from|anything but|fails to|lacks|avoid(?:s|ed|ing)?|non',
  'nicht|kein(?:e[mnrs]?)?|weder|noch|statt|anstatt|pas|aucune?|jamais|ni|sin|sans|non|não|nem|niet|geen|не|ни|нет',
].join('|');
/** Within a clause, so no punctuation; what follows "but" is no longer denied. */
const WORD = "(?:(?!(?:but|sondern|mais|sino|ma|mas|maar|но)(?![\\p{L}]))[\\p{L}'’]{1,20})";
const GAP = '[ \\t"\'“”‘’«»„`*_({\\[-]{1,8}';
const BEFORE = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(?:${NEGATORS})(?:${GAP}${WORD}){0,5}${GAP}$`,
  'iu',
);
const AFTER = new RegExp(
  '^["\'“”’»`*_)]{0,4}(?:' +
    "\\s{1,4}(?:is|was|are|would be|would|does|can|could|should|seems)(?:n['’]t|\\s{1,4}not|\\s{1,4}(?:wrong|incorrect|false|too))(?![\\p{L}])" +
    '|\\s{0,4}[:=]\\s{0,4}(?:false|no)(?![\\p{L}]))',
  'iu',
);
