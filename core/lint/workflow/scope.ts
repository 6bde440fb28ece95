import type { Trust } from '../../prompt/document.ts';
import { child, findEntry, type Node, readString } from '../../prompt/node.ts';
import type { Confidence } from '../../settings.ts';
import type { CallInput } from '../engine/facts.ts';
import { classifyContext, findContexts, findExpressions } from './contexts.ts';

/** Where a value comes from. */
export interface Origin {
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
  readonly kind: CallInput['kind'];
}

/** From the most trusted to the least. */
const ORDER: readonly Origin['trust'][] = ['trusted', 'unknown', 'user', 'external'];
const TRUSTED: Origin = { trust: 'trusted', confidence: 'high', kind: 'expression' };
const UNKNOWN: Origin = { trust: 'unknown', confidence: 'low', kind: 'expression' };
/** Maximum steps of passing on outputs and variables. */
const MAX_DEPTH = 6;

/** Actions whose outputs a model writes. */
const MODEL_ACTIONS =
  /(?:^|\/)(?:ai-inference|claude-code-action|claude-code-base-action|run-gemini-cli|codex-action)$/i;
/** Commands that fetch text by third parties. */
const FETCHES = /\b(?:gh (?:pr (?:diff|view|list)|issue (?:view|list)|api)|git diff|curl|wget)\b/;

/** Resolves expressions inside one step, from the variables, steps and jobs around it. */
export class StepScope {
  readonly #root: Node;
  readonly #job: Node;
  readonly #step: Node;
  readonly #depth: number;

  constructor(root: Node, job: Node, step: Node, depth = 0) {
    this.#root = root;
    this.#job = job;
    this.#step = step;
    this.#depth = depth;
  }

  /** Finds the least trusted origin of the expressions in a text; plain text is the author's. */
  traceOrigin(text: string): Origin {
    // Variables that refer to each other form a cycle.
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    const origins = findExpressions(text).flatMap((expression) =>
      findContexts(expression.text).map((path) => this.#traceOrigin(path)),
    );
    return findLeastTrusted(origins);
  }

  #traceOrigin(path: string): Origin {
    const [context = '', ...names] = path.split('.');
    switch (context.toLowerCase()) {
      case 'env':
        return this.#traceVariable(names[0] ?? '');
      case 'steps':
        return this.#traceStep(names[0] ?? '');
      case 'needs':
        return this.#traceJob(names[0] ?? '', names[2] ?? '');
      case 'inputs':
        return this.#traceInput(names[0] ?? '');
      default: {
        if (/^github\.event\.inputs\./i.test(path)) return this.#traceInput(names[2] ?? '');
        const trust = classifyContext(path);
        return { trust, confidence: trust === 'unknown' ? 'low' : 'high', kind: 'expression' };
      }
    }
  }

  #traceVariable(name: string): Origin {
    for (const holder of [this.#step, this.#job, this.#root]) {
      const value = findEntry(child(holder, 'env'), name)?.value;
      if (value) return this.#deeper(this.#job, this.#step).traceOrigin(readText(value));
    }
    return UNKNOWN;
  }

  #traceStep(id: string): Origin {
    const step = listSteps(this.#job).find((one) => readString(child(one, 'id')) === id);
    if (!step) return UNKNOWN;
    if (isModelStep(step)) return { trust: 'external', confidence: 'high', kind: 'model' };
    const run = readString(child(step, 'run'));
    if (run === undefined && child(step, 'uses') === undefined) return UNKNOWN;
    // A script may or may not pass on what it reads.
    const inner = this.#deeper(this.#job, step);
    const read = findLeastTrusted(
      [run ?? '', ...listValues(child(step, 'env')), ...listValues(child(step, 'with'))].map(
        (text) => inner.traceOrigin(text),
      ),
    );
    if (read.trust === 'external') return { ...read, confidence: 'medium' };
    return run !== undefined && FETCHES.test(run)
      ? { trust: 'external', confidence: 'medium', kind: 'expression' }
      : UNKNOWN;
  }

  #traceJob(id: string, output: string): Origin {
    const job = findEntry(child(this.#root, 'jobs'), id)?.value;
    const value = child(child(job, 'outputs'), output);
    if (!job || !value) return UNKNOWN;
    return this.#deeper(job, job).traceOrigin(readText(value));
  }

  /** Inputs are typed by people who may start the workflow; a fixed set of choices cannot contain an instruction. */
  #traceInput(name: string): Origin {
    const dispatch = child(child(this.#root, 'on'), 'workflow_dispatch');
    const input = findEntry(child(dispatch, 'inputs'), name)?.value;
    if (!input) return UNKNOWN;
    const type = readString(child(input, 'type')) ?? 'string';
    return type === 'string'
      ? { trust: 'user', confidence: 'medium', kind: 'expression' }
      : TRUSTED;
  }

  #deeper(job: Node, step: Node): StepScope {
    return new StepScope(this.#root, job, step, this.#depth + 1);
  }
}

/** The steps of a job. */
export function listSteps(job: Node): readonly Node[] {
  const steps = child(job, 'steps');
  return steps?.type === 'list' ? steps.items : [];
}

/** True if a model writes the outputs of a step. */
function isModelStep(step: Node): boolean {
  const uses = readString(child(step, 'uses')) ?? '';
  return MODEL_ACTIONS.test(uses.split('@')[0] ?? '');
}

function findLeastTrusted(origins: readonly Origin[]): Origin {
  return origins.reduce(
    (a, b) => (ORDER.indexOf(b.trust) > ORDER.indexOf(a.trust) ? b : a),
    TRUSTED,
  );
}

function listValues(node: Node | undefined): string[] {
  return node?.type === 'map' ? node.entries.map(({ value }) => readText(value)) : [];
}

function readText(node: Node): string {
  return node.type === 'scalar' ? String(node.value ?? '') : '';
}
