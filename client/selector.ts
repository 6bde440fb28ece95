import type { DocumentSelector } from 'vscode';

/** The id of our language. */
export const LANGUAGE = 'prompt-yaml';

const PROMPT_FILES = '**/*.prompt.{yaml,yml}';
const SETTINGS_FILE = '**/.promptsmith.yaml';

/**
 * What the language server is told of. Prompt files count by name too: some people keep them in the
 * language YAML. Old revisions, as source control shows them, do not count: their findings would stand
 * beside those of the file itself.
 */
export const selector: DocumentSelector & readonly object[] = [
  { scheme: 'file', language: LANGUAGE },
  { scheme: 'untitled', language: LANGUAGE },
  { scheme: 'vscode-vfs', language: LANGUAGE },
  { scheme: 'file', language: 'yaml', pattern: PROMPT_FILES },
  { scheme: 'file', language: 'yaml', pattern: SETTINGS_FILE },
];
