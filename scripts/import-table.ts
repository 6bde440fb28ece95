/**
 * What each folder may import: the one place this is written down. `npm run generate` turns it into
 * biome.imports.json and the table of ARCHITECTURE.md.
 */
export interface Folder {
  /** The folder, or one file, from the repository's root. */
  readonly path: string;
  /** Modules of this project, as globs from the root. */
  readonly modules: readonly string[];
  /** npm packages (with everything below them) and `node:` modules. */
  readonly packages: readonly string[];
  /** What the rest would let in and is refused all the same. */
  readonly never?: readonly string[];
}

const purePackages = [
  'yaml',
  'ajv',
  '@noble/hashes',
  'csv-parse',
  'jsonpath-rfc9535',
  'vscode-languageserver-textdocument',
];

/** The folders of core from the ground up: each may import itself and those before it. */
export const floors = [
  'printing',
  'prompt',
  'tokens',
  'models',
  'lint',
  'eval',
  'rules',
  'registry',
];

/** The files directly in core lie below all floors … */
const ground: Folder = {
  path: 'core',
  modules: ['core/*.ts', 'schemas/*.json'],
  packages: purePackages,
  never: ['**/protocol.ts'],
};

/** … but the one with the types of our LSP requests, which lies above. */
const protocol: Folder = { path: 'core/protocol.ts', modules: ['core/**'], packages: [] };

export const importTable: readonly Folder[] = [
  ground,
  protocol,
  ...floors.map((floor, i) => ({
    path: `core/${floor}`,
    modules: ['core/*.ts', ...floors.slice(0, i + 1).map((below) => `core/${below}/**`)],
    packages: purePackages,
    never: ['**/protocol.ts'],
  })),
  {
    path: 'io',
    modules: ['core/**', 'io/**'],
    packages: [
      'node:*',
      'openai',
      '@anthropic-ai/sdk',
      'pg',
      '@pydantic/genai-prices',
      '@secretlint/secretlint-rule-preset-recommend',
    ],
    never: ['node:child_process'],
  },
  // Git's history is read by running git.
  {
    path: 'io/git.ts',
    modules: ['core/**', 'io/**'],
    packages: ['node:*'],
  },
  {
    path: 'app',
    modules: ['core/**', 'io/**', 'app/**'],
    packages: ['node:*'],
    never: ['node:child_process'],
  },
  {
    path: 'server',
    modules: [
      'core/**',
      'schemas/*.json',
      'package.json',
      'io/data-folder.ts',
      'io/files.ts',
      'io/tokenizer.ts',
      'io/catalogue.ts',
      'io/secrets.ts',
      'io/test-files.ts',
      'io/workflows.ts',
      'io/runs/run-store.ts',
      'io/registries/snapshot.ts',
      'io/v8-flags.ts',
      'io/compile-cache.ts',
      'server/**',
    ],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  {
    path: 'client',
    modules: ['core/**', 'app/**', 'io/**', 'client/**'],
    packages: ['vscode', 'vscode-languageclient'],
  },
  // Scripts of webviews run in a browser: of the client they know the messages alone.
  {
    path: 'client/webview',
    modules: ['core/**', 'client/*/messages.ts', 'client/webview/**'],
    packages: [],
  },
  {
    path: 'cli',
    modules: ['core/**', 'app/**', 'io/**', 'cli/**', 'package.json'],
    packages: ['node:*', 'string-width'],
  },
];
