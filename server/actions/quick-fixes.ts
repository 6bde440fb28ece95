import { type Action, type ActionSource, findingsIn } from './action.ts';

/** The fixes of the findings. */
export const quickFixes: ActionSource = (analysis, selection) =>
  findingsIn(analysis, selection).flatMap((finding) =>
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
