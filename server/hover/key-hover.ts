import { escapeForHover, formatHoverCode, hover } from '#core/printing/hover.ts';
import { joinParagraphs, joinSafe, type SafeText, trustText } from '#core/printing/safe-text.ts';
import type { Path } from '#core/prompt/locate.ts';
import type { DocumentKind } from '../analysis.ts';
import { describeProperty, describeType, listValues, selectSchema } from '../language/schema.ts';

/** Describes a key from the schema. */
export function describeKey(kind: DocumentKind, path: Path): SafeText<'hover'> | null {
  const found = describeProperty(selectSchema(kind), path);
  const name = path.at(-1);
  if (!found || typeof name !== 'string') return null;
  const values = listValues(found.schemas).map((value) => formatHoverCode(String(value)));
  const type = describeType(found.schemas);
  const facts = [
    type !== '' && escapeForHover(type),
    values.length > 0 && hover`one of ${joinSafe(values, ', ')}`,
    found.alias !== null && hover`alias of ${formatHoverCode(found.alias)}`,
    found.addition &&
      kind === 'prompt' &&
      hover`Promptsmith extension; GitHub Models tools ignore it`,
  ].filter((fact) => fact !== false);
  return joinParagraphs(
    // Descriptions in the schemas are Markdown.
    hover`**${formatHoverCode(name)}** — ${trustText(found.text)}`,
    joinSafe(facts, ' · '),
  );
}
