import type { Evaluator } from '../../prompt/document.ts';
import { child, readString } from '../../prompt/node.ts';
import { askForVerdict } from './ask-for-verdict.ts';
import type { Check } from './check.ts';
import { buildFivePointRequest, FIVE_POINT_FORM, parseFivePointReply } from './github-judge.ts';

/** Four of five points. */
const PASSING = 0.75;

const ANCHORS = [
  'It does not meet the criterion at all.',
  'It meets a small part of it, or breaks it in an important point.',
  'It meets about half of it.',
  'It meets it but for a small point.',
  'It meets it fully.',
] as const;

export const rubric: Check = {
  kind: 'rubric',
  namespace: 'promptsmith',
  summary:
    'A model grades the answer by a criterion in your words, with one to five points, scored 0 to 1. Passes with four points (0.75), or with a score of at least `threshold`. Use one evaluator per criterion.',
  parameters: [
    {
      name: 'value',
      alias: 'criterion',
      type: 'text',
      required: true,
      notEmpty: true,
      description: 'The criterion: what a good answer does, in plain words.',
    },
    {
      name: 'model',
      type: 'text',
      required: false,
      notEmpty: true,
      description: 'The judge; default: the judge of the settings (`eval.judge`, `--judge`).',
    },
  ],
  example: `uses: promptsmith/rubric
with: { value: The answer apologizes once and offers a refund. }`,
  readsExpected: true,
  judgeModel: findJudgeModel,
  run: async (input, context) => {
    const { args, values } = input;
    const model = args.has('model') ? args.text('model') : context.judge;
    if (model === null)
      return { kind: 'error', message: '`rubric` needs a `model`, or a judge in the settings' };
    const hasReference = values.text('expected') !== undefined;
    const question = `Does the ANSWER meet this criterion, given the REQUEST${hasReference ? ' and the REFERENCE, one good answer among others' : ''}? Judge by the criterion alone.

Criterion: ${args.text('value')}`;
    const messages = buildFivePointRequest(
      { question, anchors: ANCHORS, needs: hasReference ? ['input', 'expected'] : ['input'] },
      input,
    );
    const read = (reply: string) => parseFivePointReply(reply, model, PASSING);
    return await askForVerdict({ model, messages, form: FIVE_POINT_FORM, read }, input, context);
  },
};

function findJudgeModel({ body }: Evaluator, judge: string | null): string | null {
  return (body.type === 'uses' ? readString(child(body.with, 'model')) : undefined) ?? judge;
}
