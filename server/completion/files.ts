import { getFolder, listFolder, resolvePath, uriToPath } from '#io/files.ts';
import type { Analysis } from '../analysis.ts';
import type { Place } from '../language/place.ts';
import type { Suggestion } from './suggestion.ts';
import { formatValue } from './values.ts';

/** Test files and folders for `testFiles`, relative to the prompt. */
export async function suggestFiles(analysis: Analysis, place: Place): Promise<Suggestion[]> {
  const path = uriToPath(analysis.uri);
  if (path === null) return [];
  const folder = /^(?:.*\/)?/.exec(place.prefix)?.[0] ?? '';
  const names = await listFolder(resolvePath(getFolder(path), folder || '.'));
  return names
    .filter((name) => /\/$|\.(csv|jsonl|ya?ml)$/i.test(name))
    .filter((name) => !/^(\.|node_modules\/)|\.prompt\.ya?ml$/.test(name))
    .map((name) => ({
      label: `${folder}${name}`,
      kind: 'file',
      snippet: formatValue(`${folder}${name}`, place),
    }));
}
