import type { Path } from '#core/prompt/locate.ts';
import type { DocumentKind } from '../analysis.ts';
import { describe, describeType, listValues, selectSchema } from '../language/schema.ts';

/** What the schema says of a key. */
export function describeKey(kind: DocumentKind, path: Path): string | null {
  const found = describe(selectSchema(kind), path);
  const name = path.at(-1);
  if (!found || typeof name !== 'string') return null;
  const values = listValues(found.schemas).map((value) => `\`${String(value)}\``);
  const facts = [
    describeType(found.schemas),
    values.length > 0 && `one of ${values.join(', ')}`,
    found.alias && `another spelling of \`${found.alias}\``,
    found.addition && kind === 'prompt' && 'an addition of Promptsmith: older readers ignore it',
  ].filter(Boolean);
  return [`**\`${name}\`** — ${found.text}`, facts.join(' · ')].filter(Boolean).join('\n\n');
}
