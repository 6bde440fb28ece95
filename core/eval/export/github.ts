import { formatWorkflowCommand } from '../../printing/ci-log.ts';
import { joinSafe, type SafeText, trustText } from '../../printing/safe-text.ts';
import type { MissingGroup } from '../report/group-missing.ts';
import { type CaseFailure, formatReason } from '../report/list-failures.ts';
import type { OtherCase, RunReport } from '../report/run-report.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Renders runs as workflow commands. GitHub shows the result of a run at its prompt, and an annotation at the
 * row of each case that did not pass; equal errors are one annotation.
 */
export function renderGithubReport(records: readonly RunRecord[]): SafeText<'ci-log'> {
  const lines = records.flatMap(({ report }) => [
    renderResult(report),
    ...report.failures.map((failure) => renderFailure(failure, report)),
    ...report.missing.map((group) => renderMissing(group, report)),
    ...report.others.flatMap((one) => renderUnchecked(one)),
  ]);
  return joinSafe([...lines, trustText<'ci-log'>('')], '\n');
}

const LEVELS = { good: 'notice', bad: 'error', open: 'warning' } as const;

/** GitHub shows the first ten errors of a step: what the run says is one of them. */
function renderResult({ result, acceptance, path }: RunReport): SafeText<'ci-log'> {
  const [first, ...rest] = result;
  const missed = acceptance.filter(({ met }) => met !== true);
  const lines = [
    ...rest.map(({ text }) => text),
    ...missed.map(({ met, text }) => `${met === false ? '✗' : '?'} ${text}`),
  ];
  const level = first ? LEVELS[first.tone] : 'notice';
  const title = `promptsmith eval: ${first?.text ?? ''}`;
  return formatWorkflowCommand(level, { file: path, title }, lines.join('\n') || path);
}

function renderFailure(failure: CaseFailure, report: RunReport): SafeText<'ci-log'> {
  const { file, line, name, reasons, got } = failure;
  const answer = got === null ? [] : [`got: ${got.slice(0, MAX_ANSWER)}`];
  return formatWorkflowCommand(
    'error',
    { file, line: line ?? undefined, title: `failed: ${name}${ofModel(failure, report)}` },
    [...reasons.map(formatReason), ...answer].join('\n'),
  );
}

/** UTF-16 units of an answer in an annotation. */
const MAX_ANSWER = 300;

function renderMissing(group: MissingGroup, report: RunReport): SafeText<'ci-log'> {
  const { text, count, cases, remedy } = group;
  const [first] = cases;
  const title = `no answer: ${count === 1 ? (first?.name ?? '') : `× ${count}`}${ofModel(group, report)}`;
  const place = { file: first?.file ?? report.path, line: first?.line ?? undefined, title };
  return formatWorkflowCommand('error', place, [text, ...(remedy ? [remedy] : [])].join('\n'));
}

function renderUnchecked({ outcome, file, line, name }: OtherCase): SafeText<'ci-log'>[] {
  if (outcome !== 'no-checks') return [];
  const place = { file, line: line ?? undefined, title: `not checked: ${name}` };
  return [formatWorkflowCommand('warning', place, 'no checks: the case has no evaluators')];
}

function ofModel({ model }: { readonly model: string }, { models }: RunReport): string {
  return models.length > 1 ? ` · ${model}` : '';
}
