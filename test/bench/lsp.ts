import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineMap } from '#core/text.ts';
import { pathToUri } from '#io/files.ts';
import { type ClientOptions, type LspClient, overStdio } from '#test/support/lsp-client.ts';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';
import { findTool } from '../../scripts/tool.ts';

/*
 * The language server beside yaml-language-server with our schema, over stdio, on the same files in one
 * run: spawn → first diagnostics, keystroke → diagnostics, completion and hover right after a keystroke,
 * CPU of a keystroke, memory at the end. Arguments: keystrokes and cold starts (default 60 and 5).
 */
const keys = Number(process.argv[2] ?? 60);
const starts = Number(process.argv[3] ?? 5);

interface Peer {
  readonly name: string;
  readonly args: readonly string[];
  readonly languageId: string;
  readonly settings?: (section: string | undefined) => unknown;
}

interface Measured {
  readonly cold: number[];
  readonly key: number[];
  readonly completion: number[];
  readonly hover: number[];
  readonly cpu: number;
  readonly memory: number;
}

/** A prompt file of about so many bytes: messages and rows that fill it. */
function promptOf(bytes: number): string {
  const head =
    'name: support\nmodel: openai/gpt-4o-mini\nmodelParameters:\n  temperature: 0.2\n  maxTokens: 800\nvariables:\n  - name: product\n    type: string\n  - name: question\n    type: string\nmessages:\n  - role: system\n    content: |\n      You are a careful agent. Answer in the language of the question.\n';
  let messages = '';
  let rows = 'testData:\n';
  for (let i = 0; head.length + messages.length + rows.length < bytes; i++) {
    if (i % 3 < 2)
      messages += `  - role: ${i % 2 ? 'assistant' : 'user'}\n    content: |\n      Example ${i}: how do I set up part ${i} of {{product}}? {{question}}\n      ${'Answer step by step, and name the page. '.repeat(1 + (i % 4))}\n`;
    else
      rows += `  - product: Plan ${i}\n    question: "What does it cost?"\n    expected: "$${i}.99"\n`;
  }
  return head + messages + rows;
}

async function measure(peer: Peer, file: string, text: string): Promise<Measured> {
  const node = hasNode(22) ? await findNode(22) : process.execPath;
  const uri = pathToUri(file);
  const options: ClientOptions = { folder: join(file, '..'), settings: peer.settings };
  const cold: number[] = [];
  let server: Awaited<ReturnType<typeof overStdio>> | undefined;
  for (let i = 0; i < starts; i++) {
    if (server) await server.stop();
    const start = performance.now();
    server = await overStdio(node, peer.args, options);
    await opened(server.client, uri, text, peer.languageId);
    cold.push(performance.now() - start);
  }
  if (!server) throw new Error('At least one cold start is needed.');
  const { client, pid, stop } = server;
  const lines = new LineMap(text);
  const at = lines.position(text.indexOf('Example', text.length / 2) + 3);
  const edit = editor(client, uri, at);
  for (let i = 0; i < 10; i++) await edit(true);
  const before = await processTime(pid);
  const key: number[] = [];
  for (let i = 0; i < keys; i++) key.push(await edit(true));
  const cpu = ((await processTime(pid)) - before) / keys;
  const asked = async (method: string): Promise<number[]> => {
    const times: number[] = [];
    for (let i = 0; i < keys / 2; i++) {
      await edit(false);
      const start = performance.now();
      await client.request(`textDocument/${method}`, uri, { position: at });
      times.push(performance.now() - start);
    }
    return times.slice(Math.min(5, times.length >> 1));
  };
  const completion = await asked('completion');
  const hover = await asked('hover');
  const memory = await residentMemory(pid);
  await stop().catch((error: Error) => console.error(`${peer.name}: ${error.message}`));
  return { cold, key, completion, hover, cpu, memory };
}

/** Opens the file; a server that gives no version is taken at its first word. */
async function opened(
  client: LspClient,
  uri: string,
  text: string,
  languageId: string,
): Promise<void> {
  const textDocument = { uri, languageId, version: 1, text };
  await client.connection.sendNotification('textDocument/didOpen', { textDocument });
  await client.until(() => client.published.some((one) => one.uri === uri));
}

/** Types and takes back one letter; resolves to the ms until its diagnostics when they are waited for. */
function editor(
  client: LspClient,
  uri: string,
  at: { line: number; character: number },
): (waits: boolean) => Promise<number> {
  let isTyped = false;
  return async (waits) => {
    const end = { line: at.line, character: at.character + Number(isTyped) };
    const seen = client.published.length;
    const start = performance.now();
    const version = await client.change(uri, isTyped ? '' : 'x', { start: at, end });
    isTyped = !isTyped;
    const isNew = ({
      uri: other,
      version: its = version,
    }: {
      uri: string;
      version?: number;
    }): boolean => other === uri && its >= version;
    if (waits) await client.until(() => client.published.slice(seen).some(isNew));
    return performance.now() - start;
  };
}

/** CPU time of a process in ms; Linux only, else not a number. */
async function processTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in MB; Linux only, else not a number. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function quantile(values: readonly number[], q: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(
    1,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-bench-'));
try {
  const tool = await findTool('yaml-language-server');
  const schema = pathToUri(join(root, 'schemas/prompt.schema.json'));
  const yaml = {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    schemas: { [schema]: '*.prompt.yaml' },
  };
  const peers: Peer[] = [
    {
      name: 'promptsmith',
      args: [join(root, 'dist/server.cjs'), '--stdio'],
      languageId: 'prompt-yaml',
    },
    {
      name: 'yaml-language-server',
      args: [join(tool, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'],
      languageId: 'yaml',
      settings: (section) => (section === 'yaml' ? yaml : null),
    },
  ];
  console.log(`${keys} keystrokes, ${starts} cold starts; ms, p50 / p95; memory in MB\n`);
  console.log(
    'size    server                   first diagnostics   key → diagnostics   CPU/key   completion      hover           memory',
  );
  for (const kilobytes of [2, 20, 200]) {
    const text = promptOf(kilobytes * 1000);
    const file = join(folder, `p${kilobytes}.prompt.yaml`);
    await writeFile(file, text);
    for (const peer of peers) {
      const m = await measure(peer, file, text);
      const both = (values: readonly number[]): string =>
        `${quantile(values, 0.5)} / ${quantile(values, 0.95)}`;
      console.log(
        `${`${kilobytes} KB`.padEnd(8)}${peer.name.padEnd(25)}${quantile(m.cold, 0.5).padEnd(20)}${both(m.key).padEnd(20)}${m.cpu.toFixed(1).padEnd(10)}${both(m.completion).padEnd(16)}${both(m.hover).padEnd(16)}${m.memory.toFixed(0)}`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
