import { Uri } from 'vscode';

/** Published versions as read-only documents. */
export const VERSION_SCHEME = 'promptsmith-version';

/** The content of a version document. */
export interface VersionDocument {
  readonly name: string;
  readonly version: string;
  /** Any file of the project whose registry has it. */
  readonly file: Uri;
  /** The other side of the diff that it is opened for: a version, or the file itself. */
  readonly against: { readonly version: string } | 'file' | null;
}

/** Creates the URI of a version document. */
export function createVersionUri({ name, version, file, against }: VersionDocument): Uri {
  const other = against === null ? {} : { against: against === 'file' ? '' : against.version };
  return Uri.from({
    scheme: VERSION_SCHEME,
    path: `/${name}@${version}.prompt.yaml`,
    query: new URLSearchParams({ file: file.toString(), ...other }).toString(),
  });
}

/** Parses the URI of a version document; null for other URIs. */
export function readVersionUri(uri: Uri): VersionDocument | null {
  const [, name = '', version = ''] = /^\/(.+)@(.+)\.prompt\.yaml$/.exec(uri.path) ?? [];
  if (uri.scheme !== VERSION_SCHEME || name === '') return null;
  const query = new URLSearchParams(uri.query);
  const other = query.get('against');
  return {
    name,
    version,
    file: Uri.parse(query.get('file') ?? ''),
    against: other === null ? null : other === '' ? 'file' : { version: other },
  };
}
