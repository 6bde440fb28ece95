import { child, type MapEntry, type Node, readString, type ScalarNode } from '../../prompt/node.ts';
import { readTemplate } from '../../prompt/template.ts';
import type { CallInput, CallSite, InlineCall } from '../engine/facts.ts';
import { readOrigin, type Value } from './origins.ts';
import type { ReachedStep } from './repository.ts';
import { cleanFilePath, type ShellWord } from './shell.ts';
import { isOff, TOOLS } from './step-outputs.ts';
import { readFileInputs, readInputs, readTextInput } from './yaml-inputs.ts';

/** A step that runs a prompt file. */
export interface WorkflowCall extends CallSite {
  /** The prompt's path relative to the repository root. */
  readonly promptFile: string;
  /** True if the repository must contain the file: no step is known to write it or to bring it from elsewhere. */
  readonly isExpected: boolean;
  /** True if `span` holds the path and nothing else. */
  readonly isWhole: boolean;
}

/** The action that assesses issues names a folder, and under each label a prompt file in it. */
const LABELER = 'github/ai-assessment-comment-labeler';

/** Finds the prompt files that a step runs. */
export function readCalls(reached: ReachedStep): WorkflowCall[] {
  const { step, file } = reached;
  const run = child(step, 'run');
  if (run?.type === 'scalar' && typeof run.value === 'string')
    return readScript(run as ScalarNode, reached);
  const action = readAction(child(step, 'uses'), file.text);
  if (action?.name.toLowerCase() === LABELER) return readLabeler(action, reached);
  const given = child(step, 'with');
  const entries = given?.type === 'map' ? given.entries : [];
  const entry = entries.find(({ value }) => readPromptPath(readString(value)) !== null);
  const promptFile = readPromptPath(readString(entry?.value));
  if (!entry || promptFile === null) return [];
  return [
    {
      uri: file.uri,
      promptFile,
      isExpected: isExpected(promptFile, reached),
      isWhole: true,
      span: entry.value.span,
      action,
      tools: findTools(entries),
      inputs: [...readInputs(given, reached), ...readFileInputs(given, reached)],
    },
  ];
}

/** Reads a step of actions/ai-inference whose prompt is in the workflow. */
export function readInlineCall(reached: ReachedStep): InlineCall | null {
  const { step, file } = reached;
  const action = readAction(child(step, 'uses'), file.text);
  if (!action || !/\/ai-inference$/i.test(action.name)) return null;
  const given = child(step, 'with');
  const entries = given?.type === 'map' ? given.entries : [];
  if (entries.some(({ value }) => readPromptPath(readString(value)) !== null)) return null;
  const inputs = (['system', 'user'] as const).flatMap((role) =>
    readTextInput(given, role === 'system' ? 'system-prompt' : 'prompt', reached).map((input) => ({
      ...input,
      role,
    })),
  );
  const [first] = inputs;
  if (!first) return null;
  return { uri: file.uri, span: first.span, action, tools: findTools(entries), inputs };
}

/** `spam,spam.prompt.yml|bug,bug.prompt.yml`: the body is a message of its own, so no variable is filled. */
function readLabeler(
  action: NonNullable<CallSite['action']>,
  reached: ReachedStep,
): WorkflowCall[] {
  const given = child(reached.step, 'with');
  const mapping = child(given, 'labels_to_prompts_mapping');
  const folder = readString(child(given, 'prompts_directory'))?.trim() ?? '';
  if (!mapping || folder.length > 500) return [];
  return (readString(mapping) ?? '').split('|').flatMap((pair) => {
    const name = pair.slice(pair.indexOf(',') + 1).trim();
    const promptFile = readPromptPath(`${folder}/${name}`);
    if (promptFile === null) return [];
    const { uri } = reached.file;
    const call = { uri, promptFile, span: mapping.span, action, tools: null, inputs: [] };
    return [{ ...call, isExpected: isExpected(promptFile, reached), isWhole: false }];
  });
}

/** Reads `gh models run --file a.prompt.yml --var name=value` and `gh models eval a.prompt.yml` in a script. */
function readScript(node: ScalarNode, reached: ReachedStep): WorkflowCall[] {
  const { step, file, flow, folder } = reached;
  if (!/\bgh\b/.test(String(node.value)) || !/\.prompt\.ya?ml/.test(String(node.value))) return [];
  if (!flow.isShell(step)) return [];
  const template = readTemplate(node, file.text);
  const calls: WorkflowCall[] = [];
  // The same files and variables as before the step: it runs once more when its outputs are read.
  const files = new Map(flow.files);
  flow.runScript(template.text, step, (words, stdin) => {
    const [gh, models, verb, ...args] = words;
    if (gh?.value !== 'gh' || models?.value !== 'models') return;
    const { options, operands } = splitOptions(args);
    const named =
      verb?.value === 'run'
        ? options.filter(({ name }) => name === '--file').slice(0, 1)
        : verb?.value === 'eval'
          ? operands.map((word) => ({ name: '', value: word.value, word }))
          : [];
    for (const { value, word } of named) {
      const own = readPromptPath(value);
      if (own === null || folder === null) continue;
      const promptFile = folder === '' ? own : `${folder}/${own}`;
      const toInput = (name: string, of: Value, at: ShellWord): CallInput => ({
        name,
        expression: template.text.slice(at.start, at.end).replace(/\s+/g, ' ').slice(0, 120),
        span: template.span(at.start, at.end),
        ...readOrigin(of),
        raw: null,
      });
      const inputs = options.flatMap((option) => {
        if (/^(?:-i|--input)$/.test(option.name))
          return [toInput('input', option.value, option.word)];
        const equals = option.value.indexOf('=');
        if (option.name !== '--var' || equals < 0) return [];
        const variable = option.value.slice(0, equals).trim();
        return [toInput(variable, option.value.slice(equals + 1), option.word)];
      });
      // What is piped in, or follows the model, is the variable `input`.
      const text = operands.slice(1).at(-1);
      if (verb?.value === 'run' && stdin !== '') inputs.push(toInput('input', stdin, word));
      if (verb?.value === 'run' && text) inputs.push(toInput('input', text.value, text));
      calls.push({
        uri: file.uri,
        promptFile,
        isExpected: isExpected(promptFile, reached),
        isWhole: template.text.slice(word.start, word.end) === value && folder === '',
        span: template.span(word.start, word.end),
        action: null,
        tools: null,
        inputs: verb?.value === 'run' ? inputs : [],
      });
    }
  });
  flow.files.clear();
  for (const [path, content] of files) flow.files.set(path, content);
  return calls;
}

interface Option {
  readonly name: string;
  readonly value: Value;
  readonly word: ShellWord;
}

function splitOptions(args: readonly ShellWord[]): { options: Option[]; operands: ShellWord[] } {
  const options: Option[] = [];
  const operands: ShellWord[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i];
    if (!word) continue;
    const [, name, joined] = /^(--?[a-z][a-z-]*)(?:=(.*))?$/s.exec(word.value) ?? [];
    if (name === undefined) operands.push(word);
    else if (joined !== undefined) options.push({ name, value: joined, word });
    else if (!/^--(?:json|help|verbose)$/.test(name)) {
      const next = args[++i];
      if (next) options.push({ name, value: next.value, word: next });
    }
  }
  return { options, operands };
}

/** Reads `./prompts/a.prompt.yml` as a path relative to the repository root; null for every other value. */
function readPromptPath(value: string | undefined): string | null {
  const path = value?.trim() ?? '';
  if (path.length > 500 || !/\.prompt\.ya?ml$/i.test(path)) return null;
  const inside = cleanFilePath(path.replace(/^\$\{\{\s*github\.workspace\s*\}\}\//, ''));
  return /\$|[\ue000-\ue02f*\n]/.test(inside) || /^(?:\/|\.\.\/|runner\.temp)/.test(inside)
    ? null
    : inside;
}

function isExpected(path: string, { isCheckedOut, flow }: ReachedStep): boolean {
  return isCheckedOut && !flow.files.has(path);
}

function findTools(entries: readonly MapEntry[]): CallSite['tools'] {
  const entry = entries.find(
    ({ key, value }) =>
      TOOLS.test(key.source) && value.type === 'scalar' && !isOff(String(value.value ?? '')),
  );
  return entry ? { name: entry.key.source, span: entry.span } : null;
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
