import type { CheckContext, JudgeReply } from '#core/eval/checks/check.ts';
import { SchemaCompiler } from '#core/eval/checks/json-schema.ts';
import { CaseValues, extractInstructions } from '#core/eval/plan/request.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { evaluate } from '#core/eval/run/evaluate.ts';
import { streamAnswer } from '#core/eval/run/stream-answer.ts';
import { acceptsTemperature } from '#core/models/reasoning.ts';
import { UserError } from '#core/user-error.ts';
import type { CheckView } from './messages.ts';
import type { StreamedAnswer } from './streamed-answer.ts';

/** Judges an answer by the evaluators of its prompt and case, as an eval does. */
export async function checkAnswer(
  { answer, cost, column }: StreamedAnswer,
  ports: RunPorts,
  signal: AbortSignal,
  count: (cost: number | null) => void,
): Promise<readonly CheckView[]> {
  const { plan, job, request } = column;
  const { evaluators } = job.case;
  if (!answer) return [];
  if (evaluators.length === 0) throw new UserError('This prompt has no evaluators.');
  const ask: CheckContext['ask'] = (model, messages) =>
    askJudge(model, messages, ports, signal, count);
  return evaluate(
    evaluators,
    {
      answer,
      cost,
      cached: false,
      model: job.model.id,
      messages: request.messages,
      instructions: extractInstructions(plan.document),
      values: new CaseValues(job.case, plan.document),
      allowMissing: false,
    },
    {
      regex: ports.regex,
      schemas: new SchemaCompiler(ports.regex),
      countTokens: ports.countTokens,
      judge: plan.judge,
      ask,
    },
  );
}

async function askJudge(
  model: string,
  messages: Parameters<CheckContext['ask']>[1],
  ports: RunPorts,
  signal: AbortSignal,
  count: (cost: number | null) => void,
): Promise<JudgeReply> {
  const target = ports.resolveModel(model);
  if ('error' in target) return { error: `the judge ${model}: ${target.error}`, cost: 0 };
  const request = {
    ...target,
    messages,
    parameters: acceptsTemperature(target.model) ? { temperature: 0 } : {},
    why: { case: '', repeat: 0, role: 'judge' },
  };
  for await (const part of streamAnswer(request, [target], ports, signal)) {
    if (part.kind === 'end') {
      count(part.cost);
      return { text: part.answer.text, cost: part.cost };
    }
    if (part.kind === 'error')
      return { error: `the judge ${model} did not answer: ${part.error.message}`, cost: null };
  }
  return { error: `the judge ${model} did not answer`, cost: null };
}
