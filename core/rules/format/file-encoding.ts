import { adviseEncoding, describeEncoding, findUndecoded, isUndecoded } from '../../decode-text.ts';
import type { Rule } from '../../lint/engine/rule.ts';

export const fileEncoding: Rule = {
  id: 'file-encoding',
  severity: 'error',
  mode: 'recommended',
  group: 'format',
  tags: ['format'],
  fix: 'safe',
  summary: 'A prompt or test file is not UTF-8, so its characters would be wrong',
  needs: 'bytes',
  appliesTo: 'both',
  offersSuppression: false,
  docs: {
    why: 'Prompts and test files are UTF-8. A file in another encoding, such as Windows-1252 (“ANSI”) or UTF-16, would be read with `�` for the characters that cannot be decoded, and the model would get those. Therefore such a file does not run, is not published, and no other rule checks or changes it. UTF-16 is certain when the file starts with a byte order mark, and `check --fix` converts it. Any other encoding is a guess: review the text, and convert it with `check --fix=all`, the quick fix *Convert to UTF-8*, or your editor. A file with valid UTF-8 and other bytes, and a file in an encoding that is not recognized, must be corrected by hand. A UTF-8 byte order mark is allowed.',
    bad: `# saved as Windows-1252: the byte FC is not UTF-8
messages:
  - role: user
    content: Write to M�ller about {{topic}}.`,
    good: `messages:
  - role: user
    content: Write to Müller about {{topic}}.`,
  },
  isReady: ({ prompt, facts }) =>
    prompt.testFiles.length === 0 || facts.testFileProblems !== undefined,
  *check({ prompt, facts }) {
    const { encoding, testFileProblems = [] } = facts;
    if (encoding && isUndecoded(prompt.text, encoding)) {
      const { converted, isCertain, lossy } = encoding;
      const message = `This file ${describeEncoding(encoding)}. It does not run and is not published. ${adviseEncoding(encoding)}`;
      const span = findUndecoded(prompt.text, encoding);
      // Whoever has edited the text since would lose the edits.
      const isWhole = withoutCarriageReturns(prompt.text) === withoutCarriageReturns(lossy);
      if (converted === null || !isWhole) {
        yield { message, span };
        return;
      }
      const edits = [{ span: { start: 0, end: prompt.text.length }, text: converted }];
      yield { message, span, fixes: [{ title: 'Convert to UTF-8', safe: isCertain, edits }] };
      return;
    }
    for (const { pattern, message, isEncoding } of testFileProblems) {
      const span = prompt.testFiles[pattern]?.span;
      if (isEncoding && span) yield { message: `${message}. The prompt does not run.`, span };
    }
  },
};

function withoutCarriageReturns(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '');
}
