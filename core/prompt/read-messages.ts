import type { Message, Role } from './document.ts';
import { child, type MapNode } from './node.ts';
import { readTemplate } from './template.ts';

const ROLES: ReadonlySet<string> = new Set(['system', 'user', 'assistant'] satisfies Role[]);

/** Reads the entries of `messages`. An entry that is not a map is kept with neither role nor content. */
export function readMessages(
  root: MapNode | null,
  text: string,
  oddKeys: ReadonlySet<string>,
): Message[] {
  const list = child(root, 'messages');
  if (list?.type !== 'list') return [];
  return list.items.map((item, index) => {
    const roleNode = child(item, 'role') ?? null;
    const role =
      roleNode?.type === 'scalar' && ROLES.has(roleNode.source) ? (roleNode.source as Role) : null;
    const content = child(item, 'content');
    const isText = content?.type === 'scalar' && content.value !== null;
    return {
      index,
      span: item.span,
      roleNode,
      role,
      content: isText ? readTemplate(content, text, oddKeys) : null,
    };
  });
}
