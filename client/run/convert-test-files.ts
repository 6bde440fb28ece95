import { type Uri, window } from 'vscode';
import { convertTestFiles } from '#app/prompt/convert-test-files.ts';
import { readEditorInput } from '../registry/prompt-files.ts';

/** Converts the test files of a prompt that are not UTF-8, and says which. */
export async function convertPromptTestFiles(uri: Uri): Promise<void> {
  const { converted, input } = await convertTestFiles(await readEditorInput(uri), 'all');
  const left = input.tests.problems.find(({ kind }) => kind === 'not-utf8');
  if (left) await window.showWarningMessage(`Promptsmith: ${left.message}.`);
  else if (converted.length === 0)
    await window.showInformationMessage('All test files of this prompt are UTF-8.');
  else
    await window.showInformationMessage(
      `Converted to UTF-8: ${converted.join(', ')}. Review the characters that were wrong.`,
    );
}
