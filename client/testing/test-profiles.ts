import { Disposable, TestRunProfileKind } from 'vscode';
import type { EvalManner } from './eval-manner.ts';
import type { EvalRunner } from './eval-runner.ts';
import type { TestTree } from './test-tree.ts';

/** The ways to run that the Test Explorer offers; the first is the one of its buttons. */
export function testProfiles({ controller }: TestTree, runner: EvalRunner): Disposable {
  const profiles: readonly (readonly [string, EvalManner])[] = [
    ['Evaluate', {}],
    ['Evaluate and Compare with HEAD', { baseline: { kind: 'named', spec: 'HEAD' } }],
    ['Evaluate without Kept Answers', { options: { cache: false } }],
    ['Evaluate Five Times', { options: { repeat: 5 } }],
    ['Evaluate on Recorded Answers', { options: { replay: true } }],
    ['Ask Errored Cases Again', { retryErrors: true, baseline: { kind: 'none' } }],
  ];
  return Disposable.from(
    ...profiles.map(([label, manner], i) =>
      controller.createRunProfile(
        label,
        TestRunProfileKind.Run,
        async (request, token) => {
          await runner.run(request, manner, token);
        },
        i === 0,
      ),
    ),
  );
}
