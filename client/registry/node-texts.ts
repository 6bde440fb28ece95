import type { LabelState } from '#core/registry/registry.ts';
import type { RegistryNode } from './registry-nodes.ts';

/** What a row of the Registry view shows. */
export interface NodeTexts {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** The name of a product icon. */
  readonly icon: string;
  /** Selects the menus of the row; `here`: the prompt's file is in this workspace. */
  readonly context: string;
}

type Row<T extends RegistryNode['kind']> = Extract<RegistryNode, { readonly kind: T }>;

/** Describes a row of the Registry view. */
export function describeNode(node: RegistryNode, isHere: boolean): NodeTexts {
  switch (node.kind) {
    case 'prompt':
      return describePrompt(node, isHere);
    case 'working':
      return describeWorkingCopy(node);
    case 'version':
      return describeVersion(node, isHere);
    default:
      return node satisfies never;
  }
}

function describePrompt({ prompt }: Row<'prompt'>, isHere: boolean): NodeTexts {
  const { name, labels, problem } = prompt;
  return {
    id: name,
    label: name,
    description: labels.map(({ label, version }) => `${label} ${version}`).join(' · '),
    tooltip: problem ?? [name, ...labels.map(describeLabel)].join('\n'),
    icon: problem ? 'warning' : 'comment-discussion',
    context: isHere ? 'prompt here' : 'prompt',
  };
}

function describeLabel({ label, version, split, by, at, override, rollback }: LabelState): string {
  const shares = Object.entries(split ?? {}).map(([other, share]) => `${share} % ${other}`);
  const how = rollback ? 'rolled back' : override ? 'policy overridden' : '';
  const where = [version, ...shares].join(' + ');
  return [`${label}: ${where}`, by, at.slice(0, 10), how].filter(Boolean).join(', ');
}

function describeWorkingCopy({ name, uri, against, differs }: Row<'working'>): NodeTexts {
  const description =
    differs === null ? `same as ${against}` : `differs from ${against}: ${differs}`;
  return {
    id: `${name}@`,
    label: 'Working copy',
    description,
    tooltip: `${description}\n${uri.fsPath}`,
    icon: differs === null ? 'check' : 'edit',
    context: 'working',
  };
}

function describeVersion(
  { name, record, labels, eval: passes }: Row<'version'>,
  isHere: boolean,
): NodeTexts {
  const { version, change, author, at, bump } = record;
  const result = passes ? `${passes.passed}/${passes.checked}` : '';
  return {
    id: `${name}@${version}`,
    label: version,
    description: [labels.join(', '), result, change].filter(Boolean).join(' · '),
    tooltip: [
      `${name}@${version}`,
      `${author}, ${at.slice(0, 16).replace('T', ' ')}`,
      passes ? `last eval ${result}` : 'no eval attached',
      ...bump.reasons,
    ].join('\n'),
    icon: labels.includes('production') ? 'rocket' : 'tag',
    context: isHere ? 'version here' : 'version',
  };
}
