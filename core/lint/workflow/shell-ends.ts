/** The end of a string in single quotes; GitHub replaces its `${{ … }}` before the shell reads it. */
export function findPlainEnd(text: string, from: number): number {
  for (let at = from; ; ) {
    const end = text.indexOf("'", at);
    const opening = end < 0 ? -1 : text.slice(at, end).indexOf('${{');
    const close = opening < 0 ? -1 : text.indexOf('}}', at + opening);
    if (close < end) return end;
    at = close + 2;
  }
}

/** Past a here-document that begins at `at`: its text may contain quotes. */
function skipHere(text: string, at: number): number {
  HERE.lastIndex = at;
  const word = HERE.exec(text)?.[1];
  const end = word === undefined ? -1 : text.indexOf(`\n${word}`, at);
  return end < 0 ? at : end + (word ?? '').length;
}

const HERE = /<<-?[ \t]{0,4}['"\\]?(\w{1,60})/y;

/** The index of a closing character, past nested quotes and parentheses; -1 if there is none. */
export function findEnd(text: string, from: number, close: string): number {
  const open: string[] = [close];
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    const inner = open.at(-1);
    if (char === '\\' && inner !== "'") at++;
    else if (char === inner) {
      open.pop();
      if (open.length === 0) return at;
    } else if (inner === "'") continue;
    else if (text.startsWith('${{', at)) at = Math.max(at, text.indexOf('}}', at) + 1);
    else if (char === '"') open.push('"');
    else if (char === "'" && inner !== '"') open.push("'");
    else if (text.startsWith('$(', at)) {
      open.push(')');
      at++;
    } else if (char === '(' && inner === ')') open.push(')');
    else if (char === '<' && inner === ')') at = skipHere(text, at);
  }
  return -1;
}
