/**
 * Reads the points, 1 to 5, of a judge's reply: the last line that states them, such as `Score: 4`,
 * `### Final score: 4 out of 5` or `4`. What follows must not mention a number. Null if it is doubtful: a fraction,
 * a range, another scale, two numbers.
 */
export function readPoints(reply: string): number | null {
  const lines = reply
    .split('\n')
    .map(simplify)
    .filter((line) => line !== '');
  const last = lines.length - 1;
  for (let i = last; i >= 0; i -= 1) {
    const line = lines[i] ?? '';
    const [, points, rest = ''] =
      (i === last ? BARE.exec(line) : null) ?? STATEMENT.exec(line) ?? [];
    if (points !== undefined) return NUMBER_WORD.test(rest) ? null : Number(points);
    if (NUMBER_WORD.test(line)) return null;
  }
  return null;
}

/** Longer ones are prose. */
const MAX_LINE = 2000;

/** The line without markup, tags and special tokens; fullwidth characters as ASCII. */
function simplify(line: string): string {
  return line
    .slice(0, MAX_LINE)
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/<[/|a-z][^<>]{0,40}>/gi, '')
    .replace(/\\(?:boxed|text|mathbf)\b/g, '')
    .replace(/[*_`"'“”‘’#${}]|\ufe0f|\u20e3/g, '')
    .replace(/^(?:[\s>|(]|[-+•]\s)+|[\s|]{1,40}$/g, '');
}

const LABEL =
  '(?:(?:the|my|final|overall|total)\\s{1,4}){0,3}(?:score|rating|grade|points|punkte|punktzahl|bewertung)';
const SCALE_HINT = '(?:\\s{0,4}\\((?:1\\s{0,2}(?:-|–|to)\\s{0,2}5|(?:out )?of 5)\\))?';
const SEPARATOR =
  '(?:\\s{0,8}[:=|]\\s{0,8}|\\s{1,8}(?:is|of|[-–—])\\s{1,8}|\\s{1,8})(?:n\\s{0,4}=\\s{0,4})?';
/** `.0`, `/5`, `out of 5`, `points`. */
const SUFFIX =
  '(?:\\.0{1,4})?(?:\\s{0,4}\\(?\\s{0,4}(?:\\/|(?:out )?of|von|sur|de)\\s{0,4}(?:5|five)(?:\\.0{1,4})?\\)?)?(?:\\s{0,4}(?:points?|stars?|pts|punkten?|点|分|점))?(?![\\p{L}\\p{N}])';
/** Nothing more, or a remark that is set off: `– minor slip`, `(polite)`, `. It is polite.` */
const REST =
  '((?:\\s{0,8}(?:[.!)\\]](?!\\d)|[–—(✓]|\\p{Extended_Pictographic})|\\s{1,8}-\\s).{0,2000})?[,;]?$';
const STATEMENT = new RegExp(`^${LABEL}${SCALE_HINT}${SEPARATOR}([1-5])${SUFFIX}${REST}`, 'isu');
const BARE = /^([1-5])(?:\.0{1,4})?(?: ?\/ ?5| out of 5)?[).!]{0,4}()$/i;
const NUMBER_WORD = /\p{N}|(?<!\p{L})(?:zero|one|two|three|four|five|six|ten|half)(?!\p{L})/iu;
