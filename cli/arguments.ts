import { findClosest } from '#core/find-closest.ts';
import { type Arguments, type Option, UsageError } from './command.ts';

/**
 * Parses the words after a command's name. `--` ends the options; `-` alone is standard input.
 * Throws UsageError for an unknown option, a missing or a wrong value.
 */
export function readArguments(words: readonly string[], options: readonly Option[]): Arguments {
  const values = new Map<string, string[]>();
  const files: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      files.push(...words.slice(i + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      files.push(word);
      continue;
    }
    const [, name = '', inline] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const option = findOption(name, options);
    const given = values.get(option.name) ?? [];
    if (given.length > 0 && !option.repeatable)
      throw new UsageError(`--${option.name} can be given only once.`);
    if (option.type === 'flag') {
      if (inline !== undefined) throw new UsageError(`--${option.name} takes no value.`);
      given.push('');
    } else if (option.type === 'optional') {
      given.push(checkValue(option, inline ?? ''));
    } else {
      const value = inline ?? words[++i];
      if (value === undefined)
        throw new UsageError(
          `--${option.name} requires a value: --${option.name} <${option.value ?? 'value'}>.`,
        );
      given.push(checkValue(option, value));
    }
    values.set(option.name, given);
  }
  return {
    files,
    flag: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    texts: (name) => values.get(name) ?? [],
    number: (name) => {
      const text = values.get(name)?.at(-1);
      return text === undefined ? undefined : Number(text);
    },
  };
}

function findOption(name: string, options: readonly Option[]): Option {
  const option = options.find(
    (o) =>
      [o.name, ...(o.aliases ?? [])].some((own) => name === `--${own}`) ||
      (o.short !== undefined && name === `-${o.short}`),
  );
  if (option) return option;
  const guess = findClosest(
    name,
    options.map((o) => `--${o.name}`),
  );
  throw new UsageError(`Unknown option ${name}${guess ? `: did you mean ${guess}?` : '.'}`);
}

function checkValue(option: Option, value: string): string {
  const { name, choices, type } = option;
  if (choices && value !== '' && !choices.includes(value)) {
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not "${value}".`);
  }
  if (
    type === 'number' &&
    (value.trim() === '' || !Number.isFinite(Number(value)) || Number(value) < 0)
  ) {
    throw new UsageError(`--${name} must be a number of 0 or more, not "${value}".`);
  }
  return value;
}
