import { matchesGlob } from './glob.ts';
import { explainSchemaErrors, type SchemaProblem } from './schema-messages.ts';
import { validateSettings } from './schema-validators.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';
export type Confidence = 'high' | 'medium' | 'low';
export type LintMode = 'recommended' | 'pedantic' | 'audit';
export type Target =
  | 'generic'
  | 'gh-models'
  | 'ai-inference@1'
  | 'ai-inference@2'
  | 'ai-inference@3';

/** A project's settings of one rule. Rules read their own options by name. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly confidence?: Confidence;
  readonly [option: string]: unknown;
}

export interface Override {
  readonly files: readonly string[];
  readonly mode?: LintMode;
  readonly target?: Target;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

/** Expected calls of some prompts; rates are 0 to 1. */
export interface Traffic {
  readonly files: readonly string[];
  readonly callsPerMonth: number;
  readonly outputTokens?: number;
  readonly cacheHitRate?: number;
  readonly batchShare?: number;
}

/** USD per million tokens; `context` in tokens. */
export interface ModelSetting {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly context?: number;
  readonly encoding?: 'o200k_base' | 'cl100k_base';
  /** It reasons before it answers. */
  readonly reasons?: boolean;
  /** False: a call that has `temperature` fails. */
  readonly takesTemperature?: boolean;
}

export interface ProviderSetting {
  readonly baseUrl?: string;
  readonly api?: 'chat' | 'responses' | 'messages';
  /** An Azure deployment, for the address with `api-version`. */
  readonly deployment?: string;
  /** The name of an environment variable, or `none`. */
  readonly key?: string;
  /** By name; `${env:NAME}` stands for a variable. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** False: answers come as a whole. */
  readonly stream?: boolean;
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  /** Input and output. */
  readonly tokensPerMinute?: number;
  /** Calls of a request beyond the first. */
  readonly retries?: number;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
}

export interface Route {
  readonly model: string;
  readonly provider: string;
  readonly fallback?: readonly string[];
}

/** The settings of `.promptsmith.yaml`, see docs/settings.md. */
export interface Settings {
  readonly mode: LintMode;
  readonly target: Target;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly variables: Readonly<
    Record<string, { trust?: 'trusted' | 'user' | 'external' | 'untrusted'; maxTokens?: number }>
  >;
  readonly overrides: readonly Override[];
  readonly ignore: readonly string[];
  readonly traffic: readonly Traffic[];
  readonly runs: { readonly keepDays?: number; readonly redact?: readonly string[] };
  readonly models: Readonly<Record<string, ModelSetting>>;
  readonly providers: Readonly<Record<string, ProviderSetting>>;
  readonly routes: readonly Route[];
  readonly eval: {
    readonly repeat?: number;
    readonly concurrency?: number;
    readonly judge?: string;
    readonly margin?: number;
    readonly confirmAbove?: number;
    /** The largest share of missing answers of a conclusive run, 0 to 1. */
    readonly errorRate?: number;
  };
  /** USD a calendar month, in this project. */
  readonly budget: { readonly month?: number };
  readonly registry?: string;
  readonly promotion: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const DEFAULT_SETTINGS: Settings = {
  mode: 'recommended',
  target: 'generic',
  rules: {},
  variables: {},
  overrides: [],
  ignore: [],
  traffic: [],
  runs: {},
  models: {},
  providers: {},
  routes: [],
  eval: {},
  budget: {},
  promotion: {},
};

/**
 * Reads settings from a parsed file or from an editor. Never throws: values that do not match the schema are
 * ignored and listed in `complaints`; the rest applies. `base` provides values that are not set.
 */
export function readSettings(
  value: unknown,
  base: Settings = DEFAULT_SETTINGS,
): { settings: Settings; complaints: readonly SchemaProblem[] } {
  if (value === null || value === undefined) return { settings: base, complaints: [] };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return {
      settings: base,
      complaints: [
        { keyword: 'type', path: [], message: 'Settings must be a map of keys to values.' },
      ],
    };
  }
  const copy = structuredClone({ ...value }) as Record<string, unknown>;
  renameGates(copy.promotion);
  const complaints: SchemaProblem[] = [];
  // Removing a wrong value can only reveal others that it hid; the last round gives up.
  for (let round = 0; round < 4 && !validateSettings(copy); round++) {
    const problems = explainSchemaErrors(validateSettings.errors ?? [], copy, 'settings');
    for (const problem of problems.toReversed()) remove(copy, problem.path);
    complaints.push(...problems);
  }
  const isValid = validateSettings(copy);
  return { settings: isValid ? normalizeSettings(copy, base) : base, complaints };
}

/** Resolves the settings of one file, with overrides applied. `path` is relative to the project root. */
export function resolveSettings(settings: Settings, path: string): Settings {
  let result = settings;
  for (const { files, mode, target, rules } of settings.overrides) {
    if (!matchesGlob(path, files)) continue;
    result = {
      ...result,
      mode: mode ?? result.mode,
      target: target ?? result.target,
      rules: { ...result.rules, ...rules },
    };
  }
  return result;
}

/** Renames the gate `floor` to `no-regression`, in place. */
function renameGates(promotion: unknown): void {
  if (typeof promotion !== 'object' || promotion === null) return;
  for (const policy of Object.values(promotion) as ({ gate?: unknown } | null)[])
    if (policy?.gate === 'floor') policy.gate = 'no-regression';
}

function remove(root: Record<string, unknown>, path: readonly (string | number)[]): void {
  let holder: unknown = root;
  for (const part of path.slice(0, -1))
    holder = (holder as Record<string | number, unknown> | undefined)?.[part];
  const last = path.at(-1);
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string | number, unknown>)[last];
}

function normalizeSettings(value: Record<string, unknown>, base: Settings): Settings {
  const given = Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null));
  const result = { ...base, ...given } as Record<string, unknown>;
  result.rules = { ...base.rules, ...readRules(given.rules) };
  result.ignore = readGlobs(given.ignore ?? base.ignore);
  for (const key of ['overrides', 'traffic']) {
    const list = (given[key] ?? base[key as 'overrides' | 'traffic']) as Record<string, unknown>[];
    result[key] = list.map((item) => ({
      ...item,
      files: readGlobs(item.files),
      ...(item.rules ? { rules: readRules(item.rules) } : {}),
    }));
  }
  result.providers = Object.fromEntries(
    Object.entries((given.providers ?? base.providers) as object).map(([name, p]) => [
      name,
      p ?? {},
    ]),
  );
  return result as unknown as Settings;
}

function readRules(value: unknown): Record<string, RuleSetting> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as object).map(([id, setting]) => [
      id,
      typeof setting === 'string' ? { severity: setting } : setting,
    ]),
  ) as Record<string, RuleSetting>;
}

function readGlobs(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [...((value ?? []) as string[])];
}
