import type { RequestChange } from '../../models/request-change.ts';
import { describeChange } from '../../models/select-parameters.ts';
import { parseJobId } from '../ids.ts';
import type { RunEvent } from '../run-event.ts';

/** What of a prompt was not sent as it stands, by model: once, however many answers say it. */
export class ChangeLog {
  readonly #byModel = new Map<string, Map<string, RequestChange>>();

  add(event: RunEvent): void {
    if (event.t !== 'answer' || !event.answer?.changes) return;
    const model = parseJobId(event.job)?.model;
    if (model === undefined) return;
    const known = this.#byModel.get(model) ?? new Map<string, RequestChange>();
    this.#byModel.set(model, known);
    for (const change of event.answer.changes) {
      const id = `${change.key} ${change.effect}`;
      // The server's words may differ from one answer to the next.
      if (!known.has(id)) known.set(id, change);
    }
  }

  /** The changes of a model, sorted by key; absent if there are none. */
  read(model: string): { readonly changes?: readonly RequestChange[] } {
    const changes = [...(this.#byModel.get(model)?.values() ?? [])];
    if (changes.length === 0) return {};
    return { changes: changes.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))) };
  }
}

/** `seed is not sent: the Responses API has no such parameter; …`; one text per model that has any. */
export function describeChanges(
  results: readonly { readonly model: string; readonly changes?: readonly RequestChange[] }[],
): string[] {
  return results.flatMap(({ model, changes = [] }) => {
    if (changes.length === 0) return [];
    const text = changes.map(describeChange).join('; ');
    return [results.length === 1 ? text : `${model}: ${text}`];
  });
}
