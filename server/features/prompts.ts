import { NotificationType0 } from 'vscode-languageserver';
import type { PromptsResult } from '#core/protocol.ts';
import type { Feature } from '../feature.ts';

const CHANGED = new NotificationType0('promptsmith/promptsChanged');

/** Minimum time between two change notifications, in milliseconds. */
const MIN_PAUSE = 250;

/**
 * Lists the prompts of the workspace. A client that has requested the list once is notified when it
 * changes; other clients are not.
 */
export const prompts: Feature = {
  name: 'workspace prompts',
  capabilities: () => ({}),
  register({ connection, guard, workspace }) {
    let isAsked = false;
    let timer: NodeJS.Timeout | undefined;
    connection.onRequest(
      'promptsmith/prompts',
      guard.handler('workspace prompts', [] as PromptsResult, () => {
        isAsked = true;
        return workspace.prompts();
      }),
    );
    workspace.onChange(() => {
      if (!isAsked || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        void guard.run('prompt change notification', () => connection.sendNotification(CHANGED));
      }, MIN_PAUSE).unref();
    });
  },
};
