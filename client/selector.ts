import type { DocumentSelector } from 'vscode';

/** The id of our language. */
export const LANGUAGE = 'prompt-yaml';

const PROMPT_FILES = '**/*.prompt.{yaml,yml}';
const SETTINGS_FILE = '**/.promptsmith.yaml';

/**
 * The documents that the language server receives. Prompt files match by name too, since some people keep
 * them in the language YAML. Old revisions, as source control shows them, are excluded: their findings
 * would duplicate those of the file.
 */
export const selector: DocumentSelector & readonly object[] = [
  { scheme: 'file', language: LANGUAGE },
  { scheme: 'untitled', language: LANGUAGE },
  { scheme: 'vscode-vfs', language: LANGUAGE },
  { scheme: 'file', language: 'yaml', pattern: PROMPT_FILES },
  { scheme: 'file', language: 'yaml', pattern: SETTINGS_FILE },
];
