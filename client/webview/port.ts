/** The API that VS Code provides to the script of a webview, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
};

/** The connection to the extension. */
export interface Port<Out> {
  send(message: Out): void;
  /** Stores the state that reopens this page after a restart of VS Code. */
  keep(state: object): void;
}

/** Connects to the extension. `receive` gets its messages. Works once per page. */
export function openPort<Out, In>(receive: (message: In) => void): Port<Out> {
  const vscode = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<In>) => receive(data));
  return {
    send: (message) => vscode.postMessage(message),
    keep: (state) => vscode.setState(state),
  };
}
