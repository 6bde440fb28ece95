import type { PromptDocument, Trust, Variable } from '../prompt/document.ts';
import type { Confidence, LintMode, Settings } from '../settings.ts';
import type { CallSite, Related, WorkspaceFacts } from './engine/facts.ts';
import { guessTrust } from './variable-names.ts';

/** Where a variable's value comes from, and the evidence. */
export interface Taint {
  readonly name: string;
  /** `external`: third-party text. `unknown`: there is no evidence. */
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
  /** The kind of evidence; `evidence` is its location, if it has one. */
  readonly source: 'declaration' | 'settings' | 'workflow' | 'name' | 'nothing';
  readonly evidence?: Related;
}

/**
 * The taint of variables, computed on demand. Sources, strongest first: the declaration, the settings, the
 * workflows, the name.
 */
export class TaintMap {
  readonly #known = new Map<string, Taint>();
  readonly #declared: ReadonlyMap<string, Variable>;
  readonly #settings: Settings;
  readonly #calls: readonly CallSite[];

  constructor(prompt: PromptDocument, settings: Settings, facts: WorkspaceFacts) {
    this.#declared = new Map(prompt.variables.map((variable) => [variable.name, variable]));
    this.#settings = settings;
    this.#calls = facts.callSites ?? [];
  }

  get(name: string): Taint {
    const known = this.#known.get(name) ?? this.#find(name);
    this.#known.set(name, known);
    return known;
  }

  #find(name: string): Taint {
    return this.#fromDeclaration(name) ?? this.#fromSettings(name) ?? this.#fromCalls(name);
  }

  #fromDeclaration(name: string): Taint | null {
    const variable = this.#declared.get(name);
    if (!variable) return null;
    const { trust, type } = variable;
    if (trust) {
      const message = `\`${name}\` is declared \`${trust}\` here`;
      const evidence = { message, span: variable.nameSpan };
      return { name, trust, confidence: 'high', source: 'declaration', evidence };
    }
    // A value from a closed list, a number or a boolean cannot contain an instruction.
    const isClosed =
      variable.enum !== undefined || type === 'number' || type === 'integer' || type === 'boolean';
    return isClosed ? { name, trust: 'trusted', confidence: 'high', source: 'declaration' } : null;
  }

  #fromSettings(name: string): Taint | null {
    const setting = Object.hasOwn(this.#settings.variables, name)
      ? this.#settings.variables[name]?.trust
      : undefined;
    if (!setting) return null;
    const trust = setting === 'untrusted' ? 'user' : setting;
    return { name, trust, confidence: 'high', source: 'settings' };
  }

  /** The least trusted of all values that workflows supply; what cannot be followed says nothing. */
  #fromCalls(name: string): Taint {
    const given = this.#calls.flatMap((call) =>
      call.inputs.filter((input) => input.name === name).map((input) => ({ ...input, call })),
    );
    const worst = given.sort((a, b) => ORDER.indexOf(b.trust) - ORDER.indexOf(a.trust))[0];
    if (!worst) return this.#fromName(name);
    const isUnknown = worst.trust === 'unknown';
    const message = `\`${name}\` gets ${worst.expression} here${isUnknown ? ', which cannot be followed' : ''}`;
    const evidence = { message, span: worst.span, uri: worst.call.uri };
    if (worst.trust === 'unknown') return { ...this.#fromName(name), evidence };
    return { name, trust: worst.trust, confidence: worst.confidence, source: 'workflow', evidence };
  }

  #fromName(name: string): Taint {
    const trust = guessTrust(name);
    return trust
      ? { name, trust, confidence: 'low', source: 'name' }
      : { name, trust: 'unknown', confidence: 'low', source: 'nothing' };
  }
}

const ORDER: readonly Taint['trust'][] = ['trusted', 'unknown', 'user', 'external'];

/** True for untrusted values. */
export function isTainted({ trust }: Pick<Taint, 'trust'>): boolean {
  return trust === 'user' || trust === 'external';
}

/**
 * True if a rule reports a variable. A taint that only the name suggests is reported in serious places
 * only, except in audit mode.
 */
export function isReported(taint: Taint, mode: LintMode, isGrave = true): boolean {
  return isTainted(taint) && (isGrave || taint.source !== 'name' || mode === 'audit');
}

/** A tainted value's kind as a predicate for messages: "is third-party text". */
export function describeTaint({ trust, source }: Taint): string {
  const kind = trust === 'external' ? 'third-party text' : 'user input';
  return source === 'name' ? `looks like ${kind} (by its name)` : `is ${kind}`;
}
