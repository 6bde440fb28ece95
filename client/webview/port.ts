/** What VS Code gives to the script of a webview, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
};

/** The way to the extension. */
export interface Port<Out> {
  send(message: Out): void;
  /** Keeps what the extension needs to open this page again after VS Code was closed. */
  keep(state: object): void;
}

/** Opens the way to the extension: `receive` gets what the extension sends. Works once per page. */
export function openPort<Out, In>(receive: (message: In) => void): Port<Out> {
  const vscode = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<In>) => receive(data));
  return {
    send: (message) => vscode.postMessage(message),
    keep: (state) => vscode.setState(state),
  };
}
