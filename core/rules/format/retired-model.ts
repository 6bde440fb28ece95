import type { Rule } from '../../lint/engine/rule.ts';
import type { Catalogue } from '../../models/catalogue.ts';
import { findSuccessor, getRetirementState } from '../../models/retirements.ts';
import { listModelPlaces } from './list-model-places.ts';
import { replaceModel } from './successor-edits.ts';

/** Retirements are reported this many days ahead. */
const NOTICE_DAYS = 90;

export const retiredModel: Rule = {
  id: 'retired-model',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['models'],
  fix: 'unsafe',
  summary: 'The model is retired or will be soon',
  diagnosticTag: 'deprecated',
  docs: {
    why: 'Providers announce when they retire a model. From that day on, every call fails. A date within the next 90 days is an informational finding, a past one a warning. A date that passed after the schedule was read is called planned. Dates come from the schedule of the service that the id names.',
    bad: `model: openai/gpt-4-32k
messages:
  - role: user
    content: Say hello.`,
    good: `model: openai/gpt-5.6-sol
messages:
  - role: user
    content: Say hello.`,
    unless:
      'Your own gateway still serves the model: suppress the finding with a comment that gives the reason.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models, facts }) {
    if (!models) return;
    const today = facts.today ?? models.date;
    /** Of the models that are compared with each other, as they are called once all fixes are applied. */
    const compared: string[] = [];
    for (const place of listModelPlaces(prompt)) {
      const { id, node, role } = place;
      const due = findDue(id, models, today);
      const next = due?.successor ? spellLike(id, due.successor) : null;
      const isKnown = next !== null && models.find(next) !== null;
      const fix = isKnown ? replaceModel(place, next, prompt, models, compared) : null;
      if (role !== 'judge') compared.push(isKnown ? next : id);
      if (!due) continue;
      yield {
        message: `${due.when}. ${due.successor ? `Use \`${due.successor}\` instead.` : 'Choose another model.'}`,
        span: node.span,
        severity: due.isPast ? 'warning' : 'info',
        ...(fix ? { fixes: [{ ...fix, safe: false }] } : {}),
      };
    }
  },
};

interface Due {
  readonly when: string;
  readonly isPast: boolean;
  readonly successor: string | null;
}

/** The retirement of a model that is past or soon; null if there is none. */
function findDue(id: string, models: Catalogue, today: string): Due | null {
  const retirement = models.find(id)?.retirement;
  if (!retirement) return null;
  const state = getRetirementState(retirement, today);
  const isPast = state !== 'retires';
  const days = (Date.parse(retirement.date) - Date.parse(today)) / 86_400_000;
  if (!isPast && !(days <= NOTICE_DAYS)) return null;
  // Prefer a successor that does not retire soon itself.
  const successor =
    findSuccessor(retirement, addNoticePeriod(today)) ?? findSuccessor(retirement, today);
  const service = SERVICES[retirement.service] ?? retirement.service;
  const { date, checkedOn } = retirement;
  const when = {
    retired: `${service} retired \`${id}\` on ${date}`,
    planned: `${service} planned to retire \`${id}\` on ${date} (read on ${checkedOn})`,
    retires: `${service} retires \`${id}\` on ${date}`,
  }[state];
  return { when, isPast, successor: successor ?? null };
}

/** The last date that counts as soon. */
function addNoticePeriod(today: string): string {
  return new Date(Date.parse(today) + NOTICE_DAYS * 86_400_000).toISOString().slice(0, 10);
}

const SERVICES: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  azure: 'Azure',
  anthropic: 'Anthropic',
  google: 'Google',
  'github-models': 'GitHub Models',
  'mistral-ai': 'Mistral',
  deepseek: 'DeepSeek',
  xai: 'xAI',
  cohere: 'Cohere',
};

/** Adds the prefix of the old id to its successor. */
function spellLike(id: string, successor: string): string {
  return id.slice(0, id.lastIndexOf('/') + 1) + successor;
}
