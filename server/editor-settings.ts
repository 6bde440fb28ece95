import { DEFAULT_SETTINGS, type Settings } from '#core/settings.ts';

/** The settings of the section `promptsmith` that concern the language server. */
export interface EditorSettings {
  readonly hints: {
    readonly tokens: boolean;
    readonly cost: boolean;
    readonly context: boolean;
    readonly testRows: boolean;
    readonly quality: boolean;
  };
  readonly codeLens: boolean;
  /** The settings that apply unless the project file sets them. */
  readonly base: Settings;
}

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  hints: { tokens: true, cost: true, context: true, testRows: false, quality: true },
  codeLens: true,
  base: DEFAULT_SETTINGS,
};

/** Reads the client's settings. Never throws: a value of the wrong type is replaced by its default. */
export function readEditorSettings(value: unknown): EditorSettings {
  const defaults = DEFAULT_EDITOR_SETTINGS;
  const hints = readMember(value, 'hints');
  const flag = (name: keyof EditorSettings['hints']): boolean => {
    const own = hints === false ? false : readMember(hints, name);
    return typeof own === 'boolean' ? own : defaults.hints[name];
  };
  const codeLens = readMember(value, 'codeLens');
  const mode = readMember(readMember(value, 'lint'), 'mode');
  const isMode = mode === 'recommended' || mode === 'pedantic' || mode === 'audit';
  return {
    hints: {
      tokens: flag('tokens'),
      cost: flag('cost'),
      context: flag('context'),
      testRows: flag('testRows'),
      quality: flag('quality'),
    },
    codeLens: typeof codeLens === 'boolean' ? codeLens : defaults.codeLens,
    base: isMode ? { ...DEFAULT_SETTINGS, mode } : DEFAULT_SETTINGS,
  };
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
