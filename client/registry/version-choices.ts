import type { Publication } from '#app/registry/publish.ts';
import { type Bump, nextVersion } from '#core/registry/version.ts';

/** A version that a prompt can be published as. */
export interface VersionChoice {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

/**
 * The versions to choose from after `parent`: the file's own, the suggested one with its reasons, then the next
 * patch, minor and major version. Each appears once.
 */
export function listVersionChoices(
  { version, suggestion }: Pick<Publication, 'version' | 'suggestion'>,
  parent: string,
): VersionChoice[] {
  const choices: VersionChoice[] = [];
  if (version !== suggestion.version)
    choices.push({ label: version, description: 'version in the file' });
  if (suggestion.bump !== 'none')
    choices.push({
      label: suggestion.version,
      description: `suggested, ${suggestion.bump}`,
      detail: suggestion.reasons.join('; '),
    });
  for (const bump of ['patch', 'minor', 'major'] satisfies Bump[]) {
    const label = nextVersion(parent, bump);
    if (choices.every((one) => one.label !== label)) choices.push({ label, description: bump });
  }
  return choices;
}
