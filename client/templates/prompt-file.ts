import { replaceScalar } from '#core/prompt/edit.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { applyEdits } from '#core/text.ts';

/** Where a new prompt goes, from a folder, with `/`; or why it cannot go there. */
export type PromptPath =
  | { readonly path: string }
  | { readonly problem: 'empty' | 'outside' | 'characters' };

/** Parses the path of a new prompt as the user typed it. The extension is optional. */
export function parsePromptPath(typed: string): PromptPath {
  const parts = typed.trim().replaceAll('\\', '/').split('/');
  if (parts.some((part) => part === '..') || parts[0] === '' || /^[A-Za-z]:/.test(parts[0] ?? ''))
    return { problem: parts.length > 1 || parts[0] !== '' ? 'outside' : 'empty' };
  const folders = parts.slice(0, -1).filter((part) => part !== '' && part !== '.');
  const stem = (parts.at(-1) ?? '').replace(/(?:\.prompt)?\.ya?ml$/i, '').replace(/\.prompt$/i, '');
  const ending = /\.prompt\.yml$/i.test(typed.trim()) ? '.prompt.yml' : '.prompt.yaml';
  if (stem === '') return { problem: 'empty' };
  const path = [...folders, `${stem}${ending}`].join('/');
  return FORBIDDEN.test(path) ? { problem: 'characters' } : { path };
}

/** A template under the name that its path suggests: `support/refund-reasons.prompt.yaml` is `Refund reasons`. */
export function renameTemplate(template: string, path: string): string {
  const { name } = parsePrompt(template);
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.prompt\.ya?ml$/i, '');
  const words = stem.replace(/[-_. ]+/g, ' ').trim();
  if (!name || words === '') return template;
  const wanted = words.charAt(0).toUpperCase() + words.slice(1);
  return applyEdits(template, [replaceScalar(name, template, wanted)]);
}

/** Characters that file names cannot contain on some system. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[<>:"|?*\u0000-\u001f\u007f]/;
