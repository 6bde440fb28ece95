import { child, findEntry, type Node, readString } from '../../prompt/node.ts';
import { readAssignments } from './assignments.ts';
import { classifyContext, isPlainField } from './contexts.ts';
import { findExpressions, findFlows } from './expression.ts';
import {
  findLeastTrusted,
  markOrigin,
  type Origin,
  readOrigin,
  TRUSTED,
  toValue,
  UNKNOWN,
  type Value,
} from './origins.ts';
import { cleanFilePath, Shell, type ShellWord } from './shell.ts';
import { readActionName, readScriptOutputs, traceModelStep } from './step-outputs.ts';

/** What the steps of a job or of a composite action can read from around them. */
export interface StepsAround {
  /** The values of `inputs`. */
  input(name: string): Value;
  /** The outputs of other jobs: `needs.a.outputs.b`. */
  jobOutput(job: string, output: string): Value;
  /** The maps with an `env`, from the inside to the outside. */
  readonly holders: readonly Node[];
  readonly matrix: Node | undefined;
  readonly hasForeignHistory: boolean;
  /** The shell of scripts that name none. */
  readonly shell: string;
  /** Runs a local action and returns its outputs; null if it cannot be read. */
  runLocal(path: string, step: Node, flow: StepsFlow): ((output: string) => Value) | null;
  /** Called for each step, before it runs. */
  onStep?(step: Node, flow: StepsFlow): void;
}

const NOBODY_KNOWS = markOrigin(UNKNOWN);
const PLAIN = markOrigin(TRUSTED);
/** Variables that lead to each other end here. */
const MAX_DEPTH = 10;
/** Files that the runner gives to scripts, and folders whose names stand for themselves. */
const PATHS: Readonly<Record<string, string>> = {
  GITHUB_OUTPUT: 'GITHUB_OUTPUT',
  GITHUB_ENV: 'GITHUB_ENV',
  GITHUB_STEP_SUMMARY: 'GITHUB_STEP_SUMMARY',
  GITHUB_EVENT_PATH: 'GITHUB_EVENT_PATH',
  GITHUB_WORKSPACE: '.',
  RUNNER_TEMP: 'runner.temp',
};
const OWN_VARIABLE =
  /^(?:GITHUB_(?:SHA|REF|REF_NAME|REF_TYPE|BASE_REF|REPOSITORY|REPOSITORY_OWNER|REPOSITORY_ID|ACTOR|ACTOR_ID|TRIGGERING_ACTOR|RUN_ID|RUN_NUMBER|RUN_ATTEMPT|WORKFLOW|EVENT_NAME|JOB|ACTION|SERVER_URL|API_URL|GRAPHQL_URL|TOKEN)|GH_TOKEN|RUNNER_\w+|HOME|PATH|PWD|USER|CI|RANDOM|SECONDS|HOSTNAME)$/;

/** Follows values through the steps of a job or of a composite action, from the first to the last. */
export class StepsFlow {
  readonly #around: StepsAround;
  readonly #outputs = new Map<string, (name: string) => Value>();
  /** What earlier steps wrote to `GITHUB_ENV`. */
  readonly #env: Map<string, Value>;
  readonly files: Map<string, Value>;
  #depth = 0;

  /** `parent`: the steps that run a composite action, which shares their files and variables. */
  constructor(around: StepsAround, parent?: StepsFlow) {
    this.#around = around;
    this.#env = parent ? parent.#env : new Map();
    const event = markOrigin({ trust: 'external', confidence: 'high', kind: 'expression' });
    this.files = parent ? parent.files : new Map([['GITHUB_EVENT_PATH', event]]);
  }

  run(steps: readonly Node[]): void {
    for (const step of steps) {
      this.#around.onStep?.(step, this);
      const outputs = this.#runStep(step);
      const id = readString(child(step, 'id'));
      if (id !== undefined) this.#outputs.set(id.toLowerCase(), outputs);
    }
  }

  /** The value of a text with expressions, at a step. */
  resolve(text: string, step?: Node): Value {
    if (this.#depth >= MAX_DEPTH) return NOBODY_KNOWS;
    this.#depth++;
    let value = '';
    let at = 0;
    for (const { text: expression, start } of findExpressions(text)) {
      value += toValue(text.slice(at, start)) + this.#expression(expression, step);
      at = start + expression.length;
    }
    this.#depth--;
    return value + toValue(text.slice(at));
  }

  trace(text: string, step?: Node): Origin {
    return readOrigin(this.resolve(text, step));
  }

  /** Who wrote the file that a step reads. */
  traceFile(path: Value): Origin {
    const content = this.files.get(cleanFilePath(path));
    if (content !== undefined) return readOrigin(content);
    const origin = readOrigin(path);
    return origin.kind === 'model' ? origin : UNKNOWN;
  }

  /** Runs a script only to see its commands. `onCommand` gets each with its input. */
  runScript(
    script: string,
    step: Node,
    onCommand?: (words: readonly ShellWord[], stdin: Value) => void,
  ): void {
    const shell = new Shell({
      expression: (text) => this.#expression(text, step),
      variable: (name) => this.variable(name, step),
      files: this.files,
      hasForeignHistory: this.#around.hasForeignHistory,
      ...(onCommand && { onCommand }),
    });
    const printed = shell.run(script);
    // The old way to set an output.
    const old = [...printed.matchAll(/^::set-output name=([\w-]{1,80})::(.*)$/gm)];
    const lines = old.map(([, name, value]) => `${name}=${value}\n`).join('');
    if (lines !== '')
      this.files.set('GITHUB_OUTPUT', (this.files.get('GITHUB_OUTPUT') ?? '') + lines);
  }

  /** True if a step's script is one that `runScript` understands. */
  isShell(step: Node): boolean {
    const shell = readString(child(step, 'shell')) ?? this.#around.shell;
    return /^(?:bash|sh)\b/.test(shell);
  }

  variable(name: string, step?: Node): Value | undefined {
    const own = findEntry(child(step, 'env'), name)?.value;
    if (own) return this.resolve(readText(own), step);
    const known = this.#env.get(name);
    if (known !== undefined) return known;
    for (const holder of this.#around.holders) {
      const value = findEntry(child(holder, 'env'), name)?.value;
      if (value) return this.resolve(readText(value));
    }
    if (Object.hasOwn(PATHS, name)) return PATHS[name];
    if (name === 'GITHUB_HEAD_REF') return this.#context('github.head_ref', []);
    return OWN_VARIABLE.test(name) ? PLAIN : undefined;
  }

  #runStep(step: Node): (name: string) => Value {
    const given = this.readInputs(step);
    const model = traceModelStep(step, given);
    if (model) return () => markOrigin(model);
    const action = readActionName(step);
    if (action.startsWith('./'))
      return this.#around.runLocal(action, step, this) ?? (() => NOBODY_KNOWS);
    const scriptNode = child(child(step, 'with'), 'script');
    if (/^actions\/github-script$/i.test(action) && scriptNode) {
      const outputs = readScriptOutputs(
        readText(scriptNode),
        (name) => this.variable(name, step) ?? NOBODY_KNOWS,
      );
      return (name) => outputs.get(name) ?? NOBODY_KNOWS;
    }
    const script = readString(child(step, 'run'));
    if (script === undefined || !this.isShell(step)) return () => NOBODY_KNOWS;
    this.files.delete('GITHUB_OUTPUT');
    this.files.delete('GITHUB_ENV');
    this.runScript(script, step);
    const outputs = readAssignments(this.files.get('GITHUB_OUTPUT') ?? '');
    for (const [name, value] of readAssignments(this.files.get('GITHUB_ENV') ?? ''))
      this.#env.set(name, value);
    return (name) => outputs.get(name) ?? NOBODY_KNOWS;
  }

  /** The values of a step's inputs, and of the files that it reads. */
  readInputs(step: Node): Map<string, Value> {
    const given = child(step, 'with');
    const entries = given?.type === 'map' ? given.entries : [];
    const values = entries.map(({ key, value }): [string, Value] => [
      key.source,
      this.resolve(readText(value), step),
    ]);
    const files = values.find(([name]) => name === 'file_input')?.[1] ?? '';
    const contents = files.split('\n').flatMap((line) => {
      const path = line.slice(line.indexOf(':') + 1).trim();
      return path === '' || !line.includes(':')
        ? []
        : [this.traceFile(path.replace(/^['"]|['"]$/g, ''))];
    });
    if (contents.length > 0)
      values.push(['content of files', markOrigin(findLeastTrusted(contents))]);
    return new Map(values);
  }

  #expression(text: string, step: Node | undefined): Value {
    const flows = findFlows(text);
    const values = flows.map(({ path, field }) => {
      const [context = '', ...names] = path.split('.');
      const value = this.#context(path, [context.toLowerCase(), ...names], step);
      const isPlain = field !== null && isPlainField(field) && readOrigin(value).kind !== 'model';
      return isPlain ? PLAIN : value;
    });
    // A single name keeps its text, which may be a path.
    if (values.length === 1 && /^\$\{\{\s*[\w.-]+\s*\}\}$/.test(text)) return values[0] ?? '';
    return values.length === 0 ? PLAIN : markOrigin(findLeastTrusted(values.map(readOrigin)));
  }

  #context(path: string, parts: readonly string[], step?: Node): Value {
    const [context = '', first = '', second = '', third = ''] = parts;
    switch (context) {
      case 'env':
        return this.variable(first, step) ?? NOBODY_KNOWS;
      case 'inputs':
        return this.#around.input(first);
      case 'steps':
        if (/^(?:outcome|conclusion)$/.test(second)) return PLAIN;
        return this.#outputs.get(first.toLowerCase())?.(third) ?? NOBODY_KNOWS;
      case 'needs':
      case 'jobs':
        return second === 'result' ? PLAIN : this.#around.jobOutput(first, third);
      case 'matrix':
        return this.#matrix(parts.slice(1));
      default: {
        if (/^github\.event\.inputs\./i.test(path)) return this.#around.input(parts[3] ?? '');
        if (/^github\.workspace$/i.test(path)) return '.';
        if (/^runner\.temp$/i.test(path)) return 'runner.temp';
        const trust = classifyContext(path);
        return markOrigin(
          trust === 'unknown' ? UNKNOWN : { trust, confidence: 'high', kind: 'expression' },
        );
      }
    }
  }

  #matrix(names: readonly string[]): Value {
    const [first = ''] = names;
    const last = names.at(-1) ?? '';
    const { matrix } = this.#around;
    if (names.length > 1 && isPlainField(last)) return PLAIN;
    if (matrix?.type === 'scalar')
      return isPlainField(last) ? PLAIN : this.resolve(readText(matrix));
    const include = child(matrix, 'include');
    const rows = include?.type === 'list' ? include.items : [];
    const nodes = [child(matrix, first), ...rows.map((row) => child(row, first))].filter(
      (node) => node !== undefined,
    );
    // Rows that an expression adds are not known.
    if (nodes.length === 0)
      return include?.type === 'scalar' ? this.resolve(readText(include)) : NOBODY_KNOWS;
    const origins = nodes.flatMap(listTexts).map((text) => this.trace(text));
    return markOrigin(findLeastTrusted(origins));
  }
}

/** The text of a scalar; '' for other nodes. */
export function readText(node: Node | undefined): string {
  return node?.type === 'scalar' ? String(node.value ?? '') : '';
}

/** The steps of a job or of a composite action. */
export function listSteps(job: Node | undefined): readonly Node[] {
  const steps = child(job, 'steps');
  return steps?.type === 'list' ? steps.items : [];
}

function listTexts(node: Node): string[] {
  switch (node.type) {
    case 'scalar':
      return [readText(node)];
    case 'list':
      return node.items.flatMap(listTexts);
    case 'map':
      return node.entries.flatMap(({ value }) => listTexts(value));
    default:
      return node satisfies never;
  }
}
