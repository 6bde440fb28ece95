import { env, window } from 'vscode';
import { UserError } from '#core/user-error.ts';
import type { CodeKind } from '#io/models/code-literals.ts';
import { renderCall } from '#io/models/render-call.ts';
import { openAccess } from '../run/open-access.ts';
import type { PlaygroundContext } from './playground-context.ts';
import type { PromptState } from './prompt-state.ts';

/** Copies the call as a command or a program, with the key as the name of its variable. */
export async function copyCall(
  { knowledge, services }: PlaygroundContext,
  state: PromptState,
): Promise<void> {
  const { project, settings } = state.input;
  const access = await openAccess(services.keys, { root: project.root, settings });
  const columns = await state.buildColumns(knowledge, (id) => {
    const target = access.target(id);
    if ('error' in target) throw new UserError(target.error);
    return target;
  });
  if ('error' in columns) throw new UserError(columns.error);
  const [column] = columns;
  if (!column) return;
  const address = access.addresses().find(({ name }) => name === column.request.provider);
  if (!address) throw new UserError('VS Code models cannot be called from outside VS Code.');
  const maker = column.request.connection?.api === 'messages' ? 'Anthropic' : 'OpenAI';
  const kinds: readonly { label: string; way: CodeKind }[] = [
    { label: 'cURL', way: 'curl' },
    { label: `${maker} SDK for TypeScript`, way: 'typescript' },
    { label: `${maker} SDK for Python`, way: 'python' },
  ];
  const chosen = await window.showQuickPick(kinds, {
    title: 'Copy request as',
    ignoreFocusOut: true,
  });
  if (!chosen) return;
  await env.clipboard.writeText(renderCall(chosen.way, column.request, address));
  window.setStatusBarMessage('Request copied without the API key', 3000);
}
