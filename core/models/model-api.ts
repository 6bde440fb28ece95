/** The interface that calls go through, as settings name it: `api`. `vscode` is no setting: the editor has it. */
export type ModelApi = 'chat' | 'responses' | 'messages' | 'vscode';

/** Names of the interfaces, for messages. */
export const API_NAMES: Readonly<Record<ModelApi, string>> = {
  chat: 'Chat Completions',
  responses: 'the Responses API',
  messages: 'the Messages API',
  vscode: 'VS Code',
};
