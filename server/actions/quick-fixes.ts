import { type Action, type ActionSource, findFindings } from './action.ts';

/** The fixes of the findings. */
export const quickFixes: ActionSource = (analysis, selection) =>
  findFindings(analysis, selection).flatMap((finding) =>
    (finding.fixes ?? []).map(
      (fix, i): Action => ({
        title: fix.title,
        kind: 'quickfix',
        edits: fix.edits,
        finding,
        preferred: fix.safe && i === 0,
      }),
    ),
  );
