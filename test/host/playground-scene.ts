import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator } from 'playwright-core';
import type { VscodeServer } from '../../scripts/vscode/server.ts';
import { type ModelServer, modelServer, type Reply } from '../support/model-server.ts';
import type { Part } from './part.ts';
import { steps } from './steps.ts';
import { Workbench } from './workbench.ts';

export const PROMPT = `# Says hello.
name: Greeting
model: acme/chat
messages:
  - role: system
    content: Greet {{name}} in {{language}}.
  - role: user
    content: Hello, I am {{name}}.
variables:
  - { name: language, enum: [English, French], default: English }
  - { name: name, description: Who is greeted, example: Ada }
testData:
  - $case: { name: in French } # kept
    name: Zoé
    language: French
evaluators:
  - name: greets
    uses: promptsmith/contains
    with: { value: Hello }
`;

/** A prompt in a window, and a model on loopback that answers it. */
export interface PlaygroundScene {
  readonly workbench: Workbench;
  readonly view: FrameLocator;
  readonly answer: Locator;
  readonly folder: string;
  readonly models: ModelServer;
  readonly step: ReturnType<typeof steps>;
  /** How the model answers from now on, by the name of the model that is asked. */
  answerWith(reply: (model: string) => Reply): void;
  /** Presses Run in the playground. */
  run(): Promise<void>;
  /** Writes `.promptsmith.yaml`; `key` is the variable of the provider's key. */
  configure(more?: Configuration): Promise<void>;
}

interface Configuration {
  readonly key?: string;
  /** Where to go on an outage. */
  readonly spare?: string;
  readonly timeoutMs?: number;
  /** USD. */
  readonly confirmAbove?: number;
}

export async function playgroundScene(
  t: Part,
  server: VscodeServer,
  context: BrowserContext,
): Promise<PlaygroundScene> {
  let reply: (model: string) => Reply = () => ({ kind: 'stream', text: 'Hello, Ada!' });
  const models = await modelServer(({ body }) => (body.messages ? reply(body.model) : MODELS));
  t.after(() => models.close());
  const folder = await server.workspace('playground');
  const configure: PlaygroundScene['configure'] = (more = {}) =>
    writeFile(join(folder, '.promptsmith.yaml'), settings(models.baseUrl, more));
  await configure();
  await writeFile(join(folder, 'greet.prompt.yaml'), PROMPT);
  // Else every window has another key for its secrets, and none is there after a reload.
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  const workbench = await Workbench.open(context, server.url(folder));
  const view = workbench.webview;
  return {
    workbench,
    view,
    answer: view.locator('.answer'),
    folder,
    models,
    step: steps(t, workbench),
    answerWith: (next) => {
      reply = next;
    },
    run: () => view.getByRole('button', { name: 'Run', exact: true }).click(),
    configure,
  };
}

const MODELS: Reply = {
  kind: 'raw',
  type: 'application/json',
  text: JSON.stringify({ object: 'list', data: [{ id: 'tiny' }] }),
};

function settings(baseUrl: string, more: Configuration): string {
  const { key = 'none', spare, timeoutMs = 60_000, confirmAbove = 1 } = more;
  const fallback = spare === undefined ? '' : ', fallback: [spare]';
  return `models:
  acme/chat: { input: 0.5, output: 1.5, context: 32768, encoding: o200k_base }
routes: [{ model: "acme/*", provider: lab${fallback} }]
providers:
  lab: { baseUrl: "${baseUrl}", key: ${key}, timeoutMs: ${timeoutMs} }
${spare === undefined ? '' : `  spare: { baseUrl: "${spare}", key: none }\n`}eval: { confirmAbove: ${confirmAbove} }
`;
}
