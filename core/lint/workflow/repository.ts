import { child, findEntry, type Node, readString } from '../../prompt/node.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import { markOrigin, TRUSTED, UNKNOWN, type Value } from './origins.ts';
import { cleanFilePath } from './shell.ts';
import { listSteps, readText, StepsFlow } from './steps-flow.ts';
import {
  eventNode,
  findFolder,
  hasOtherCheckout,
  isAction,
  listEvents,
  listLocalUses,
} from './workflow-parts.ts';

/** A workflow or a local action, as text. */
export interface SourceFile {
  readonly uri: string;
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** A step as it is reached, with everything that is known before it runs. */
export interface ReachedStep {
  readonly file: SourceFile;
  readonly job: Node;
  readonly step: Node;
  readonly flow: StepsFlow;
  /** True if files of the repository are where their paths say. */
  readonly isCheckedOut: boolean;
  /** The folder of scripts; null if it is not known. */
  readonly folder: string | null;
}

/** Longer files are not read, in UTF-16 units; GitHub rejects them too. */
const MAX_LENGTH = 512 * 1024;
/** Workflows and actions that run each other end here. */
const MAX_DEPTH = 6;
/** More steps are not followed, in all files together. */
const MAX_STEPS = 20_000;
const NOBODY_KNOWS = markOrigin(UNKNOWN);
/** Events whose runs see commits that nobody with rights has accepted. */
const FOREIGN = /^(?:pull_request\w*|workflow_run|issue_comment)$/;

/** The workflows and local actions of a repository, which run each other. */
export class Repository {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #roots = new Map<string, Node | null>();
  readonly #onStep: (reached: ReachedStep) => void;
  #steps = 0;

  constructor(files: readonly SourceFile[], onStep: (reached: ReachedStep) => void) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#onStep = onStep;
  }

  /** Follows every workflow that is started by an event, or by nobody here; others only where they are called. */
  run(isRelevant: (file: SourceFile) => boolean): void {
    const called = new Set([...this.#files.values()].flatMap(({ text }) => listLocalUses(text)));
    for (const file of this.#files.values()) {
      if (isAction(file.path) || !isRelevant(file)) continue;
      const root = this.root(file.path);
      const events = listEvents(root);
      const isOnlyCalled = events.length === 1 && events[0] === 'workflow_call';
      if (isOnlyCalled && called.has(file.path)) continue;
      new WorkflowFlow(this, file, root, null, 0).run();
    }
  }

  file(path: string): SourceFile | undefined {
    return this.#files.get(path);
  }

  root(path: string): Node | null {
    let root = this.#roots.get(path);
    if (root === undefined) {
      const text = this.#files.get(path)?.text ?? '';
      root = text.length <= MAX_LENGTH ? parseYaml(text).root : null;
      this.#roots.set(path, root);
    }
    return root;
  }

  reach(reached: ReachedStep): void {
    this.#onStep(reached);
  }

  /** False when too many steps were followed. */
  count(): boolean {
    return ++this.#steps <= MAX_STEPS;
  }
}

/** How a workflow or an action was started by another. */
interface Caller {
  input(name: string): Value | undefined;
  readonly hasForeignHistory: boolean;
}

/** Follows one workflow; `caller` is null if an event starts it. */
class WorkflowFlow {
  readonly #repository: Repository;
  readonly #file: SourceFile;
  readonly #root: Node | null;
  readonly #caller: Caller | null;
  readonly #depth: number;
  readonly #jobs = new Map<string, ((output: string) => Value) | 'running'>();
  readonly #hasForeignHistory: boolean;

  constructor(
    repository: Repository,
    file: SourceFile,
    root: Node | null,
    caller: Caller | null,
    depth: number,
  ) {
    this.#repository = repository;
    this.#file = file;
    this.#root = root;
    this.#caller = caller;
    this.#depth = depth;
    this.#hasForeignHistory =
      caller?.hasForeignHistory ?? listEvents(root).some((event) => FOREIGN.test(event));
  }

  run(): void {
    const jobs = child(this.#root, 'jobs');
    for (const { key } of jobs?.type === 'map' ? jobs.entries : []) this.#jobOutput(key.source, '');
  }

  /** The value of an output of the workflow. */
  output(name: string): Value {
    const declared = child(child(eventNode(this.#root, 'workflow_call'), 'outputs'), name);
    const text = readText(child(declared, 'value'));
    return text === '' ? NOBODY_KNOWS : this.#stepsFlow(this.#root, this.#root).resolve(text);
  }

  #jobOutput(id: string, output: string): Value {
    const known = this.#jobs.get(id);
    // Jobs that need each other never run.
    if (known === 'running') return NOBODY_KNOWS;
    if (known) return known(output);
    const job = findEntry(child(this.#root, 'jobs'), id)?.value;
    if (!job) return NOBODY_KNOWS;
    this.#jobs.set(id, 'running');
    const outputs = this.#runJob(job);
    this.#jobs.set(id, outputs);
    return outputs(output);
  }

  #runJob(job: Node): (output: string) => Value {
    const flow = this.#stepsFlow(job, job);
    const uses = readString(child(job, 'uses'));
    if (uses !== undefined) return this.#callWorkflow(uses, job, flow);
    flow.run(listSteps(job));
    return (name) => {
      const value = child(child(job, 'outputs'), name);
      return value ? flow.resolve(readText(value)) : NOBODY_KNOWS;
    };
  }

  #callWorkflow(uses: string, job: Node, flow: StepsFlow): (output: string) => Value {
    const path = cleanFilePath(uses.split('@')[0] ?? '');
    const file = uses.startsWith('./') ? this.#repository.file(path) : undefined;
    if (!file || this.#depth >= MAX_DEPTH) return () => NOBODY_KNOWS;
    const given = flow.readInputs(job);
    const called = new WorkflowFlow(
      this.#repository,
      file,
      this.#repository.root(path),
      { input: (name) => given.get(name), hasForeignHistory: this.#hasForeignHistory },
      this.#depth + 1,
    );
    called.run();
    return (name) => called.output(name);
  }

  #stepsFlow(job: Node | null, holder: Node | null): StepsFlow {
    const root = this.#root;
    const runsOn = readText(child(job, 'runs-on') ?? undefined);
    const shell =
      readString(child(child(child(job, 'defaults'), 'run'), 'shell')) ??
      readString(child(child(child(root, 'defaults'), 'run'), 'shell')) ??
      (/windows/i.test(runsOn) ? 'pwsh' : 'bash');
    const isCheckedOut = job === null || !hasOtherCheckout(job);
    return new StepsFlow({
      input: (name) => this.#input(name),
      jobOutput: (id, output) => this.#jobOutput(id, output),
      holders: [holder, root].filter((node) => node !== null),
      matrix: child(child(job, 'strategy'), 'matrix'),
      hasForeignHistory: this.#hasForeignHistory,
      shell,
      runLocal: (path, step, flow) => this.#runAction(path, step, flow, isCheckedOut, this.#depth),
      onStep: (step, flow) => {
        if (!job || !this.#repository.count()) return;
        this.#repository.reach({
          file: this.#file,
          job,
          step,
          flow,
          // A workflow that only others call runs in their repositories.
          isCheckedOut: isCheckedOut && !(this.#caller === null && this.#isForOthers()),
          folder: findFolder([step, child(job, 'defaults'), child(root, 'defaults')]),
        });
      },
    });
  }

  #isForOthers(): boolean {
    return listEvents(this.#root).includes('workflow_call');
  }

  /** People with rights start a workflow by hand; a caller passes what it likes. */
  #input(name: string): Value {
    const given = this.#caller?.input(name);
    if (given !== undefined) return given;
    const declared = child(child(eventNode(this.#root, 'workflow_call'), 'inputs'), name);
    const byHand = child(child(eventNode(this.#root, 'workflow_dispatch'), 'inputs'), name);
    if (this.#caller && declared) return readText(child(declared, 'default'));
    if (this.#caller) return NOBODY_KNOWS;
    return byHand && !declared ? markOrigin(TRUSTED) : NOBODY_KNOWS;
  }

  /** Runs the steps of a local composite action with the inputs of the step that uses it. */
  #runAction(
    uses: string,
    step: Node,
    flow: StepsFlow,
    isCheckedOut: boolean,
    depth: number,
  ): ((output: string) => Value) | null {
    const folder = cleanFilePath(uses).replace(/\/$/, '');
    const file =
      this.#repository.file(`${folder}/action.yml`) ??
      this.#repository.file(`${folder}/action.yaml`);
    const root = file ? this.#repository.root(file.path) : null;
    const runs = child(root, 'runs');
    if (!file || !runs || depth >= MAX_DEPTH) return null;
    const given = flow.readInputs(step);
    const inner = new StepsFlow(
      {
        input: (name) =>
          given.get(name) ??
          (child(child(root, 'inputs'), name)
            ? flow.resolve(readText(child(child(child(root, 'inputs'), name), 'default')))
            : NOBODY_KNOWS),
        jobOutput: () => NOBODY_KNOWS,
        holders: [],
        matrix: undefined,
        hasForeignHistory: this.#hasForeignHistory,
        shell: 'bash',
        runLocal: (path, own, used) => this.#runAction(path, own, used, isCheckedOut, depth + 1),
        onStep: (own, used) => {
          if (!this.#repository.count()) return;
          const reached = { file, job: runs, step: own, flow: used, isCheckedOut };
          this.#repository.reach({ ...reached, folder: findFolder([own]) });
        },
      },
      flow,
    );
    inner.run(listSteps(runs));
    return (name) => {
      const value = child(child(child(root, 'outputs'), name), 'value');
      return value ? inner.resolve(readText(value)) : NOBODY_KNOWS;
    };
  }
}
