import { type Disposable, Uri, workspace } from 'vscode';

const SCHEME = 'promptsmith-rule';

/**
 * The address of a rule's page; the server puts the id for `{id}`. A scheme of its own, because VS Code runs
 * no `command:` links from the code of a diagnostic. `workbench.editorAssociations` in package.json opens it as
 * a preview.
 */
export const RULE_PAGE = `${SCHEME}:/{id}.md`;

/** Shows the pages of docs/rules, which ship with the extension, as read-only documents. */
export function provideRulePages(extension: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async ({ path }) => {
      const name = /^\/([A-Za-z-]+\.md)$/.exec(path)?.[1];
      if (name === undefined) return null;
      const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'docs/rules', name));
      return new TextDecoder().decode(bytes);
    },
  });
}
