import { Uri, workspace } from 'vscode';
import { parsePrompt } from '#core/prompt/parse.ts';

/** A template for a new prompt. */
export interface PromptTemplate {
  /** The name of its file without `.prompt.yaml`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly text: string;
}

const SUFFIX = '.prompt.yaml';

/** The templates that ship with the extension, by name. */
export async function readPromptTemplates(extension: Uri): Promise<PromptTemplate[]> {
  const folder = Uri.joinPath(extension, 'templates');
  const files = (await workspace.fs.readDirectory(folder)).filter(([name]) =>
    name.endsWith(SUFFIX),
  );
  const templates = await Promise.all(
    files.map(async ([file]): Promise<PromptTemplate> => {
      const bytes = await workspace.fs.readFile(Uri.joinPath(folder, file));
      const text = new TextDecoder().decode(bytes);
      const { name, description } = parsePrompt(text);
      const id = file.slice(0, -SUFFIX.length);
      return { id, name: name?.source ?? id, description: description?.source ?? '', text };
    }),
  );
  return templates.sort((a, b) => a.name.localeCompare(b.name));
}
