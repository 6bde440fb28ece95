import type { AccessSources, ModelAccess } from '../models/access.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';
import type { PromptKnowledge } from '../prompt/prompt-knowledge.ts';
import type { OpenRegistry } from '../registry/registry-input.ts';
import type { SpendingRecord } from './spending-booking.ts';

/** What an eval needs from the program it runs in. */
export interface EvalWorld {
  /** Which models and keys a project has. */
  openAccess(project: Pick<AccessSources, 'root' | 'settings'>): Promise<ModelAccess>;
  readonly openRegistry: OpenRegistry;
  /** Prices and token tables; default: today's, loaded for each eval. */
  readonly knowledge?: PromptKnowledge;
  /** What is spent in a month, and the limits of the user; default: nothing is recorded. */
  openSpending?(): Promise<SpendingRecord>;
  /** Reads another prompt file; null when there is none at this path. */
  openPrompt(path: string): Promise<PromptInput | null>;
  /** Name and version of the program, `promptsmith 0.1.0`. */
  readonly tool: string;
}
