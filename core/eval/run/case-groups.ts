import type { Evaluator } from '../../prompt/document.ts';
import type { CheckInput } from '../checks/check.ts';
import { findCheck } from '../checks/index.ts';
import { type Job, listJobs, type Plan } from '../plan/plan.ts';
import type { buildRequest } from '../plan/request.ts';
import type { AnswerEvent } from '../run-event.ts';
import { findRequestFault } from './find-fault.ts';

/** A job with its answer or its error. */
export interface AnsweredJob {
  readonly job: Job;
  readonly event: AnswerEvent;
  readonly sent: ReturnType<typeof buildRequest>;
}

/** An answered job that can be judged, with the answers of its group if a check compares them. */
export interface ReadyJob extends AnsweredJob {
  readonly group?: NonNullable<CheckInput['group']>;
}

interface Group {
  /** The number of pending jobs. */
  open: number;
  /** The number of jobs judged in an earlier part of the run, whose answers are not available. */
  missing: number;
  readonly answered: AnsweredJob[];
}

/**
 * Holds back the answers of cases that are compared with one another (`Check.needsGroup`) until the last
 * of their group, of one model and repeat, arrives.
 */
export class CaseGroups {
  readonly #groups = new Map<string, Group>();

  constructor(plan: Plan, isDone: (job: string) => boolean) {
    const compared = new Set(
      plan.cases.flatMap(({ group, evaluators }) =>
        group !== undefined && evaluators.some(needsGroup) ? [group] : [],
      ),
    );
    if (compared.size === 0) return;
    for (const job of listJobs(plan)) {
      const { group, skip } = job.case;
      if (group === undefined || skip || !compared.has(group)) continue;
      const key = groupKey(job, group);
      const known = this.#groups.get(key) ?? { open: 0, missing: 0, answered: [] };
      this.#groups.set(key, known);
      if (isDone(job.id)) known.missing++;
      else known.open++;
    }
  }

  /** Returns the jobs that can be judged now that this one has an answer. */
  add(answered: AnsweredJob): readonly ReadyJob[] {
    const name = answered.job.case.group;
    const key = name === undefined ? undefined : groupKey(answered.job, name);
    const group = key === undefined ? undefined : this.#groups.get(key);
    if (key === undefined || !group) return [answered];
    group.answered.push(answered);
    group.open--;
    if (group.open > 0) return [];
    this.#groups.delete(key);
    const answers = group.answered.flatMap(({ job, event }) =>
      event.answer ? [{ case: job.case.id, text: event.answer.text }] : [],
    );
    const unanswered = group.answered.filter(({ event }) => isUnanswered(event)).length;
    return group.answered.map((member) => ({
      ...member,
      group: {
        missing: group.missing,
        unanswered,
        others: answers.filter((other) => other.case !== member.job.case.id),
      },
    }));
  }
}

/** True if an answer is missing; one that the service refuses for its content is not. */
function isUnanswered(event: AnswerEvent): boolean {
  return !event.answer && event.error?.kind !== 'refused' && !findRequestFault(event);
}

function needsGroup(evaluator: Evaluator): boolean {
  const check = findCheck(evaluator);
  return !('error' in check) && check.needsGroup === true;
}

function groupKey({ model, repeat }: Job, group: string): string {
  return JSON.stringify([group, model.id, repeat]);
}
