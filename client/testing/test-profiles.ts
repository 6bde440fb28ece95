import { Disposable, TestRunProfileKind } from 'vscode';
import type { EvalRunOptions } from './eval-run-options.ts';
import type { EvalRunner } from './eval-runner.ts';
import type { TestTree } from './test-tree.ts';

const PROFILES: readonly (readonly [label: string, options: EvalRunOptions])[] = [
  ['Evaluate', {}],
  [
    'Evaluate and Compare with HEAD',
    { baseline: { kind: 'named', spec: 'HEAD', whenMissing: 'run' } },
  ],
  ['Evaluate without Cache', { options: { cache: false } }],
  ['Evaluate Five Times', { options: { repeat: 5 } }],
  ['Evaluate on Recorded Answers', { options: { replay: true } }],
  ['Retry Unanswered Cases', { continues: {} }],
];

/** The run profiles of the Test Explorer; the first is the default. */
export function createTestProfiles({ controller }: TestTree, runner: EvalRunner): Disposable {
  return Disposable.from(
    ...PROFILES.map(([label, options], i) =>
      controller.createRunProfile(
        label,
        TestRunProfileKind.Run,
        async (request, token) => {
          await runner.start(request, options, token);
        },
        i === 0,
      ),
    ),
  );
}
