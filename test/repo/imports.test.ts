import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import { maxDepth } from '../../scripts/generate/biome-imports.ts';
import { importTable } from '../../scripts/import-table.ts';
import { root } from '../../scripts/process.mjs';
import { read, rooms, sourceFiles } from './source-files.ts';

/** For each file the imports that it may have and those that Biome must refuse. */
const cases: { file: string; allowed: string[]; refused: string[] }[] = [
  {
    file: 'core/x.ts',
    allowed: [
      './text.ts',
      '#core/text.ts',
      '#schemas/prompt.schema.json',
      'ajv',
      '@noble/hashes/sha2.js',
    ],
    refused: [
      'node:fs',
      'fs',
      'vscode',
      './protocol.ts',
      './prompt/node.ts',
      '#core/prompt/node.ts',
      '../io/files.ts',
    ],
  },
  {
    file: 'core/prompt/x.ts',
    allowed: ['./node.ts', '../text.ts', '#core/text.ts', 'yaml'],
    refused: [
      'node:fs',
      'openai',
      'yamljs',
      '../lint/lint.ts',
      '#core/lint/lint.ts',
      './../lint/lint.ts',
      '../../io/files.ts',
      '#io/files.ts',
    ],
  },
  {
    file: 'core/tokens/x.ts',
    allowed: ['../prompt/node.ts', '#core/prompt/node.ts'],
    refused: ['../eval/plan.ts', '../models/cost.ts', '../protocol.ts', '#core/protocol.ts'],
  },
  {
    file: 'core/lint/x.ts',
    allowed: ['../prompt/node.ts', './payload/fold.ts'],
    refused: ['../rules/index.ts', '#core/rules/index.ts', '../eval/plan.ts'],
  },
  {
    file: 'core/eval/checks/x.ts',
    allowed: [
      './check.ts',
      '../plan/plan.ts',
      '../statistics/wilson.ts',
      '../../text.ts',
      '../../lint/lint.ts',
    ],
    refused: ['../../rules/index.ts', '#core/rules/index.ts', '../../../io/files.ts', 'pg'],
  },
  {
    file: 'core/rules/x.ts',
    allowed: ['../lint/engine/rule.ts', '../eval/plan/plan.ts', '../models/cost.ts'],
    refused: ['../unknown/diff.ts', '#server/server.ts'],
  },
  {
    file: 'io/registries/x.ts',
    allowed: ['node:fs/promises', 'openai', '../files.ts', '#core/eval/model.ts'],
    refused: [
      'vscode',
      'node:child_process',
      '../../core/text.ts',
      '#cli/main.ts',
      '#app/eval/evaluate-prompt.ts',
    ],
  },
  {
    file: 'app/eval/x.ts',
    allowed: ['node:path', '../prompt/project.ts', '#core/text.ts', '#io/files.ts'],
    refused: ['vscode', 'openai', 'node:child_process', '#cli/main.ts', '#client/reveal.ts'],
  },
  {
    file: 'io/git.ts',
    allowed: ['node:child_process', './files.ts', '#core/text.ts'],
    refused: ['vscode', 'openai', '#cli/main.ts'],
  },
  {
    file: 'server/features/x.ts',
    allowed: ['vscode-languageserver/node', '../feature.ts', '#core/text.ts', '#io/files.ts'],
    refused: [
      'vscode',
      'openai',
      '#io/models/remote-model.ts',
      '#client/log.ts',
      '#app/eval/evaluate-prompt.ts',
      '../../core/text.ts',
      '#cli/main.ts',
    ],
  },
  {
    file: 'client/commands/x.ts',
    allowed: ['vscode', 'vscode-languageclient/node', '#io/models/remote-model.ts', '../log.ts'],
    refused: ['#server/server.ts', '../../server/server.ts', '#cli/main.ts', 'openai'],
  },
  {
    file: 'client/webview/x.ts',
    allowed: ['./element.ts', '../preview/messages.ts', '#core/models/figures.ts'],
    refused: ['vscode', '../reveal.ts', '../preview/preview.ts', '#io/files.ts', 'openai'],
  },
  {
    file: 'cli/x.ts',
    allowed: [
      'node:process',
      '#core/text.ts',
      '#app/eval/evaluate-prompt.ts',
      './reporters/plain.ts',
    ],
    refused: ['vscode', 'vscode-languageserver', '#server/server.ts', '../core/text.ts'],
  },
];

test('Biome refuses what the import table does not allow, in every spelling', () => {
  const found = refusedImports(
    cases.map(({ file, allowed, refused }) => [file, [...allowed, ...refused]]),
  );
  for (const { file, refused } of cases) {
    assert.deepEqual((found.get(file) ?? []).sort(), refused.toSorted(), file);
  }
});

test('every folder of the rooms stands in the import table', () => {
  const known = new Set(importTable.map(({ path }) => path));
  const missing = sourceFiles(...rooms).filter((file) => {
    const folders = dirname(file).split('/');
    const room = folders[0] === 'core' ? folders.slice(0, 2) : folders.slice(0, 1);
    return !known.has(room.join('/')) || folders.length - room.length > maxDepth;
  });
  assert.deepEqual(missing, []);
});

test('no two files import each other in a circle', () => {
  const imports = new Map(sourceFiles(...rooms).map((file) => [file, importsOf(file)]));
  assert.ok([...imports.values()].flat().length > 10, 'no import was recognised');
  assert.deepEqual(circle(imports), []);
});

test('a circle is found', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  assert.deepEqual(circle(imports), ['b', 'd', 'b']);
});

/** Lets Biome look at files with these imports, under our biome.json; what it refuses, by file. */
function refusedImports(files: readonly [string, string[]][]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'promptsmith-imports-'));
  try {
    const settings = { ...JSON.parse(read('biome.json')), vcs: { enabled: false } };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'biome.imports.json'), read('biome.imports.json'));
    for (const [file, specifiers] of files) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), specifiers.map((name) => `import '${name}';\n`).join(''));
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const flags = [
      'lint',
      '--only=style/noRestrictedImports',
      '--max-diagnostics=none',
      '--reporter=json',
    ];
    const { stdout } = spawnSync(process.execPath, [biome, ...flags], {
      cwd: folder,
      encoding: 'utf8',
    });
    const found = new Map<string, string[]>();
    for (const { location } of JSON.parse(stdout).diagnostics) {
      const { path, start } = location as { path: string; start: { line: number } };
      const specifiers = files.find(([file]) => file === path)?.[1] ?? [];
      found.set(path, [...(found.get(path) ?? []), specifiers[start.line - 1] ?? '?']);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of this project that a file imports, types included. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/\b(?:from|import\()\s*'([.#][^']+\.ts)'/g)].map(
    ([, name = '']) => (name.startsWith('#') ? name.slice(1) : posix.join(dirname(file), name)),
  );
}

/** The files of one circle, its first file again at the end; nothing when there is none. */
function circle(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of imports.get(file) ?? []) {
      const found = visit(next);
      if (found.length > 0) return found;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const found = visit(file);
    if (found.length > 0) return found;
  }
  return [];
}
