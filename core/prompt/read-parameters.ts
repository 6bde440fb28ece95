import type { Parameter, ParameterName, Parameters } from './document.ts';
import { OWN_FIELDS, PARAMETER_SPELLINGS } from './keys.ts';
import { child, type Json, type MapNode, toJson } from './node.ts';

/** Reads the known entries of `modelParameters`, aliases included, in file order. */
export function readParameters(root: MapNode | null): Parameter[] {
  const map = child(root, 'modelParameters');
  if (map?.type !== 'map') return [];
  return map.entries.flatMap((entry) => {
    const spelling = entry.key.source;
    const name = PARAMETER_SPELLINGS.get(spelling);
    return name ? [{ name, spelling, entry, value: toJson(entry.value) }] : [];
  });
}

/** Reads `modelParameters.extra`: fields of the request that the format has no key for; undefined without any. */
export function readExtra(root: MapNode | null): Parameters['extra'] {
  const map = child(child(root, 'modelParameters'), 'extra');
  if (map?.type !== 'map') return undefined;
  const fields = Object.entries(toJson(map) as Record<string, Json>);
  const own = fields.filter(([name]) => !OWN_FIELDS.has(name));
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** Resolves what is sent: values of the right type; the camelCase spelling wins over its alias. */
export function resolveParameters(
  entries: readonly Parameter[],
  extra?: Parameters['extra'],
): Parameters {
  const result: Partial<Record<keyof Parameters, Json>> = extra ? { extra } : {};
  const aliasesFirst = [...entries].sort(
    (a, b) => Number(a.spelling === a.name) - Number(b.spelling === b.name),
  );
  for (const { name, value } of aliasesFirst) if (fits(name, value)) result[name] = value;
  return result as Parameters;
}

function fits(name: ParameterName, value: Json): boolean {
  switch (name) {
    case 'stop':
      return (
        typeof value === 'string' ||
        (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      );
    case 'reasoningEffort':
      return typeof value === 'string';
    default:
      return typeof value === 'number' && Number.isFinite(value);
  }
}
