import {
  child,
  findEntry,
  type MapEntry,
  type Node,
  readString,
  type ScalarNode,
} from '../../prompt/node.ts';
import { readTemplate, type Template } from '../../prompt/template.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import type { Span } from '../../text.ts';
import type { CallInput, CallSite, OtherFile } from '../engine/facts.ts';
import { findExpressions, isJson } from './contexts.ts';
import { listSteps, StepScope } from './scope.ts';

/** A GitHub Actions workflow, and the prompt files that it runs. */
export interface Workflow extends OtherFile {
  readonly uri: string;
  readonly calls: readonly (CallSite & {
    /** The prompt's path relative to the repository root. */
    readonly promptFile: string;
  })[];
}

/** Longer workflows are not read, in UTF-16 units; GitHub rejects them too. */
const MAX_LENGTH = 512 * 1024;
/** Step inputs that give the model tools. */
const TOOLS =
  /^(?:enable-github-mcp|copilot-allow-tools|mcp-config|mcp_config|allowed_tools|allowed-tools)$/;

/** Reads a workflow. Never throws: a workflow that cannot be read runs no prompt. */
export function readWorkflow(uri: string, path: string, text: string): Workflow {
  const root =
    text.length <= MAX_LENGTH && /\.prompt\.ya?ml/.test(text) ? parseYaml(text).root : null;
  const jobs = child(root, 'jobs');
  const calls = (jobs?.type === 'map' ? jobs.entries : []).flatMap(({ value: job }) =>
    listSteps(job).flatMap((step) => {
      const labels = readLabeler(step, uri, text);
      if (labels.length > 0) return labels;
      const call = root && readCall(root, job, step, uri, text);
      return call ? [call] : [];
    }),
  );
  return { uri, path, text, calls };
}

/** Finds the steps that run a prompt, and the texts of their workflows. `promptPath`: relative to the repository root. */
export function findCallSites(
  workflows: readonly Workflow[],
  promptPath: string,
): { callSites: CallSite[]; files: Map<string, OtherFile> } {
  const callSites: CallSite[] = [];
  const files = new Map<string, OtherFile>();
  for (const { uri, path, text, calls } of workflows) {
    const own = calls.filter(({ promptFile }) => promptFile === promptPath);
    if (own.length === 0) continue;
    callSites.push(...own);
    files.set(uri, { path, text });
  }
  return { callSites, files };
}

function readCall(
  root: Node,
  job: Node,
  step: Node,
  uri: string,
  text: string,
): Workflow['calls'][number] | null {
  const given = child(step, 'with');
  const entries = given?.type === 'map' ? given.entries : [];
  for (const { value } of entries) {
    const promptFile = readPromptPath(value);
    if (promptFile === null) continue;
    const scope = new StepScope(root, job, step);
    return {
      uri,
      promptFile,
      span: value.span,
      action: readAction(child(step, 'uses'), text),
      tools: findTools(entries),
      inputs: [...readInputs(given, scope, text), ...readFileInputs(given, text)],
    };
  }
  return null;
}

/** The action that assesses issues names a folder, and under each label a prompt file in it. */
const LABELER = 'github/ai-assessment-comment-labeler';

/** `spam,spam.prompt.yml|bug,bug.prompt.yml`, in the folder of another input. */
function readLabeler(step: Node, uri: string, text: string): Workflow['calls'][number][] {
  const action = readAction(child(step, 'uses'), text);
  if (action?.name.toLowerCase() !== LABELER) return [];
  const given = child(step, 'with');
  const mapping = child(given, 'labels_to_prompts_mapping');
  const folder = readString(child(given, 'prompts_directory'))?.trim() ?? '';
  if (!mapping || folder.length > 500) return [];
  return (readString(mapping) ?? '').split('|').flatMap((pair) => {
    const file = pair.slice(pair.indexOf(',') + 1).trim();
    const promptFile = cleanPath(`${folder}/${file}`.replaceAll(/\/{2,}/g, '/'));
    if (promptFile === null) return [];
    return [{ uri, promptFile, span: mapping.span, action, tools: null, inputs: [] }];
  });
}

/** Reads `./prompts/a.prompt.yml` as a path relative to the repository root; null for every other value. */
function readPromptPath(value: Node): string | null {
  return cleanPath(readString(value)?.trim() ?? '');
}

function cleanPath(path: string): string | null {
  if (path.length > 500 || !/\.prompt\.ya?ml$/i.test(path)) return null;
  const inside = path.replace(/^\$\{\{\s*github\.workspace\s*\}\}\//, '').replace(/^(?:\.\/)+/, '');
  return inside.includes('${{') || inside.startsWith('/') ? null : inside;
}

function readAction(uses: Node | undefined, text: string): CallSite['action'] {
  if (uses?.type !== 'scalar' || typeof uses.value !== 'string') return null;
  const [name = '', ref = ''] = uses.value.split('@');
  // By convention, a pinned commit is followed by its version in a comment.
  const comment = /^['"]?[ \t]*#[^\n]{0,80}/.exec(text.slice(uses.span.end, uses.span.end + 100));
  const version = parseVersion(ref) ?? parseVersion(comment?.[0] ?? '');
  return { name, version, span: uses.span };
}

function parseVersion(text: string): number[] | null {
  const found = /(?:^|[\s#])v(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?(?![\w.])/.exec(text);
  return found ? found.slice(1).filter(Boolean).map(Number) : null;
}

function findTools(entries: readonly MapEntry[]): CallSite['tools'] {
  const entry = entries.find(
    ({ key, value }) =>
      TOOLS.test(key.source) &&
      value.type === 'scalar' &&
      !/^(?:false|null|~|)$/i.test(String(value.value ?? '').trim()),
  );
  return entry ? { name: entry.key.source, span: entry.span } : null;
}

/** Reads what `input:` passes to the variables: YAML text whose expressions are evaluated before it is parsed. */
function readInputs(given: Node | undefined, scope: StepScope, text: string): CallInput[] {
  const template = yamlInput(given, 'input', text);
  if (!template) return [];
  const expressions = findExpressions(template.text);
  const values = mapIn(maskExpressions(template.text, expressions));
  const inputs = expressions.map(({ text: expression, start }): CallInput => {
    const at = { start, end: start + expression.length };
    const entry = values.find(({ span }) => span.start <= at.start && at.end <= span.end);
    return {
      name: entry?.key.source ?? '',
      expression: expression.replace(/\s+/g, ' '),
      span: template.span(at.start, at.end),
      ...scope.traceOrigin(expression),
      raw: entry === undefined || isJson(expression) ? null : rawness(entry.value, at),
    };
  });
  for (const { key, value, span } of values) {
    if (expressions.some(({ start }) => span.start <= start && start < span.end)) continue;
    inputs.push({
      name: key.source,
      expression: template.text.slice(value.span.start, value.span.end).slice(0, 80),
      span: template.span(value.span.start, value.span.end),
      trust: 'trusted',
      confidence: 'high',
      kind: 'text',
      raw: null,
    });
  }
  return inputs;
}

/** Reads what `file_input:` passes: the content of files, whose author is unknown. */
function readFileInputs(given: Node | undefined, text: string): CallInput[] {
  const template = yamlInput(given, 'file_input', text);
  if (!template) return [];
  const entries = mapIn(maskExpressions(template.text, findExpressions(template.text)));
  return entries.map(({ key, value }) => ({
    name: key.source,
    expression: template.text.slice(value.span.start, value.span.end).slice(0, 120),
    span: template.span(value.span.start, value.span.end),
    trust: 'external',
    confidence: 'medium',
    kind: 'file',
    raw: null,
  }));
}

function rawness({ span, type }: Node, at: Span): 'whole' | 'part' {
  return type === 'scalar' && span.start === at.start && span.end === at.end ? 'whole' : 'part';
}

function yamlInput(given: Node | undefined, name: string, text: string): Template | null {
  const node = findEntry(given, name)?.value;
  return node?.type === 'scalar' && typeof node.value === 'string'
    ? readTemplate(node as ScalarNode, text)
    : null;
}

function mapIn(text: string): readonly MapEntry[] {
  const { root } = parseYaml(text);
  return root?.type === 'map' ? root.entries : [];
}

/** Replaces each expression by a word of the same length, so that the text can be parsed as YAML. */
function maskExpressions(text: string, expressions: ReturnType<typeof findExpressions>): string {
  let out = '';
  let at = 0;
  for (const { text: expression, start } of expressions) {
    out += text.slice(at, start) + 'x'.repeat(expression.length);
    at = start + expression.length;
  }
  return out + text.slice(at);
}
