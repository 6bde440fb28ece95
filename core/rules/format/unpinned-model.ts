import type { Fix, Rule } from '../../lint/engine/rule.ts';
import { parseModelId } from '../../models/model-id.ts';
import { replaceScalar } from '../../prompt/edit.ts';
import { findEntry } from '../../prompt/node.ts';
import type { Settings } from '../../settings.ts';
import { listModelPlaces } from './list-model-places.ts';

/** So many versions are offered, the newest first. */
const MAX_FIXES = 3;

export const unpinnedModel: Rule = {
  id: 'unpinned-model',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['models', 'evals'],
  fix: 'unsafe',
  summary: 'A prompt with acceptance criteria runs on an alias of a model',
  docs: {
    why: 'Providers move an alias such as `gpt-5.4-mini` or `mistral-large-latest` to another version of the model without notice. A result that was measured before then says nothing about the calls that follow, and a regression in the next run may be the model’s. A dated id keeps the version until it is retired, which `retired-model` reports. The rule applies to prompts with `acceptance` and in projects with a promotion gate.',
    bad: `model: openai/gpt-5.4-mini
messages:
  - role: user
    content: Name the capital of {{country}}.
acceptance:
  passRate: 0.9`,
    good: `model: openai/gpt-5.4-mini-2026-03-17
messages:
  - role: user
    content: Name the capital of {{country}}.
acceptance:
  passRate: 0.9`,
    unless: 'You want each new version at once, and evaluate the prompt on a schedule.',
  },
  isReady: ({ models }) => models !== null,
  *check({ prompt, models, settings }) {
    if (!models || !(findEntry(prompt.root, 'acceptance') || hasGate(settings))) return;
    for (const { id, node, role } of listModelPlaces(prompt)) {
      if (role !== 'model') continue;
      const versions = models
        .snapshots(id)
        .slice(0, MAX_FIXES)
        .map((name) => respell(id, name));
      const [newest] = versions;
      if (newest === undefined) continue;
      const fixes = versions.map(
        (version): Fix => ({
          title: `Pin it to \`${version}\``,
          safe: false,
          edits: [replaceScalar(node, prompt.text, version)],
        }),
      );
      yield {
        message: `The provider can move \`${id}\` to another version, and earlier results then say nothing about it. Pin a version, such as \`${newest}\`.`,
        span: node.span,
        ...(node.alias ? {} : { fixes }),
      };
    }
  },
};

function hasGate({ promotion }: Settings): boolean {
  return Object.values(promotion).some(({ gate }) => gate !== undefined && gate !== 'any');
}

/** The id with another name of the model; publisher and separator stay as they are written. */
function respell(id: string, name: string): string {
  return id.slice(0, id.length - parseModelId(id).name.length) + name;
}
