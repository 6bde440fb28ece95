import { type Action, type ActionSource, findFindings } from './action.ts';

/** The command of the client that converts the test files of the prompt at a URI. */
const CONVERT = 'promptsmith.convertTestFiles';

/** Offers to convert test files that are not UTF-8, on the disk: an editor could only save what it decoded wrongly. */
export const convertTestFiles: ActionSource = (analysis, selection) => {
  const { prompt, facts, uri } = analysis;
  const spans = (facts.testFileProblems ?? []).flatMap(({ pattern, isEncoding }) =>
    isEncoding ? (prompt.testFiles[pattern]?.span ?? []) : [],
  );
  return findFindings(analysis, selection)
    .filter(({ span }) => spans.some(({ start }) => start === span.start))
    .slice(0, 1)
    .map(
      (finding): Action => ({
        title: 'Convert to UTF-8',
        kind: 'quickfix',
        edits: [],
        command: { name: CONVERT, argument: uri },
        finding,
      }),
    );
};
