import { UserError } from '#core/user-error.ts';
import { findDefaultBaselines } from './default-baseline.ts';
import type { EvalWorld } from './eval-world.ts';
import { type Baseline, findBaseline } from './find-baseline.ts';
import type { PreparedEval } from './prepare-eval.ts';

/** What a run is to be compared with. */
export type BaselineChoice =
  | { readonly kind: 'none' }
  /**
   * The version in production, else the file at HEAD, when they send something else; else the last run.
   * Nothing is run for it unless `runs`.
   */
  | { readonly kind: 'default'; readonly runs: boolean }
  /** `last`, a run's id, a prompt file, a published version or label, a git revision. */
  | {
      readonly kind: 'named';
      readonly spec: string;
      readonly whenMissing: 'refuse' | 'run';
      /** What people call it; default: the spec. */
      readonly name?: string | undefined;
    };

/** A baseline with its name for people. */
export interface NamedBaseline {
  readonly name: string;
  readonly baseline: Baseline;
}

/** The baseline of a prepared eval; null: none. Throws UserError when a named one cannot be used. */
export async function chooseBaseline(
  choice: BaselineChoice,
  prepared: PreparedEval,
  world: EvalWorld,
  signal: AbortSignal,
): Promise<NamedBaseline | null> {
  switch (choice.kind) {
    case 'none':
      return null;
    case 'named': {
      const { spec, whenMissing } = choice;
      const baseline = await findBaseline(spec, prepared, { world, signal, whenMissing });
      return { name: choice.name ?? spec, baseline };
    }
    case 'default': {
      const search = { world, signal, whenMissing: choice.runs ? 'run' : 'refuse' } as const;
      const { input, plan } = prepared;
      for (const { spec, name, prompt } of await findDefaultBaselines(input, plan.hashes.prompt)) {
        try {
          const baseline = await findBaseline(spec, prepared, { ...search, prompt });
          return { name, baseline };
        } catch (error) {
          // Nobody asked for this one by name: skip what cannot be compared.
          if (!(error instanceof UserError)) throw error;
        }
      }
      return null;
    }
    default:
      return choice satisfies never;
  }
}
