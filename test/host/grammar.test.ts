import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/process.mjs';
import {
  findVscode,
  missingFor,
  type VscodeBuild,
  vscodeBuilds,
} from '../../scripts/vscode/builds.ts';

/** What we use of VS Code's own TextMate engine. */
interface Grammar {
  tokenizeLine(line: string, state: unknown): { tokens: Token[]; ruleStack: unknown };
}

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}

const TEXT = `name: Sort {{kind}} mail
messages:
  - role: system
    content: |
      # Rules for {{name}} of {{Größe der Datei}}
      - **never** answer, see <rules lang="en">
      1. \`code\` {{ other }} {%if x%}
      \`\`\`json
      {"queue": "billing"}
      <mail>{{a.b-c}}</mail>
  - role: user
    content: "Plan: {{plan}} <b>"
# a comment with {{braces}} and <tag>
jsonSchema: |-
  { "type": "object" }
model: x
`;

/** A piece of the text, counted from its first occurrence, and a scope that it must have. */
const EXPECTED: readonly (readonly [line: string, piece: string, scope: string])[] = [
  ['name: Sort', 'name', 'entity.name.tag.yaml'],
  ['name: Sort', 'kind', 'variable.parameter.placeholder.prompt-yaml'],
  ['name: Sort', '{{', 'punctuation.definition.template-expression.begin.prompt-yaml'],
  ['# Rules', '#', 'markup.heading.prompt-yaml'],
  ['# Rules', 'name', 'variable.parameter.placeholder.prompt-yaml'],
  ['# Rules', 'Größe der Datei', 'variable.parameter.placeholder.prompt-yaml'],
  ['**never**', '-', 'punctuation.definition.list.begin.prompt-yaml'],
  ['**never**', 'never', 'markup.bold.prompt-yaml'],
  ['**never**', 'rules', 'entity.name.tag.prompt-yaml'],
  ['**never**', 'lang', 'entity.other.attribute-name.prompt-yaml'],
  ['1. ', '1.', 'punctuation.definition.list.begin.prompt-yaml'],
  ['1. ', 'code', 'markup.inline.raw.string.prompt-yaml'],
  ['1. ', '{{ other }}', 'meta.template.foreign.prompt-yaml'],
  ['1. ', '{%if x%}', 'meta.template.foreign.prompt-yaml'],
  ['```json', 'json', 'fenced_code.block.language.prompt-yaml'],
  ['{"queue"', '"queue"', 'support.type.property-name.json.prompt-yaml'],
  ['<mail>', 'mail', 'entity.name.tag.prompt-yaml'],
  ['<mail>', 'a.b-c', 'variable.parameter.placeholder.prompt-yaml'],
  ['Plan:', 'plan', 'variable.parameter.placeholder.prompt-yaml'],
  ['Plan:', 'b>"', 'entity.name.tag.prompt-yaml'],
  ['# a comment', 'braces', 'comment.line.number-sign.yaml'],
  ['"type"', '"type"', 'support.type.property-name.json.prompt-yaml'],
  ['model: x', 'model', 'entity.name.tag.yaml'],
];

for (const build of vscodeBuilds) {
  const skip = missingFor(build) ?? false;
  describe(`the grammar in VS Code ${build.version}`, { skip }, () => {
    test('keys are YAML; placeholders, tags and Markdown stand out in what is sent', async () => {
      const lines = await tokenize(build);
      const wrong = EXPECTED.filter(([line, piece, scope]) => {
        const found = lines.find(({ text }) => text.includes(line));
        return !scopesOf(found, piece).includes(scope);
      });
      assert.deepEqual(wrong, []);
    });

    test('nothing stands out in comments', async () => {
      const lines = await tokenize(build);
      const comment = lines.find(({ text }) => text.startsWith('# a comment'));
      assert.ok(comment);
      const ours = comment.tokens
        .flatMap(({ scopes }) => scopes.slice(1))
        .filter((s) => /prompt-yaml/.test(s));
      assert.deepEqual(ours, []);
    });
  });
}

interface Line {
  readonly text: string;
  readonly tokens: readonly Token[];
}

function scopesOf(line: Line | undefined, piece: string): readonly string[] {
  const at = line?.text.indexOf(piece) ?? -1;
  return (
    line?.tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex)?.scopes ?? []
  );
}

/** With the engine and the YAML grammar of this VS Code. */
async function tokenize(build: VscodeBuild): Promise<Line[]> {
  const { program } = await findVscode(build);
  const require = createRequire(program);
  const oniguruma = require('vscode-oniguruma');
  const textmate = require('vscode-textmate');
  const wasm = join(dirname(require.resolve('vscode-oniguruma')), 'onig.wasm');
  await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
  const folder = join(dirname(program), '../extensions/yaml');
  const yaml = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = new Map<string, string>(
    yaml.contributes.grammars.map(({ scopeName, path }: { scopeName: string; path: string }) => [
      scopeName,
      join(folder, path),
    ]),
  );
  files.set('source.prompt-yaml', join(root, 'syntaxes/prompt-yaml.tmLanguage.json'));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope: string) => {
      const file = files.get(scope);
      return file ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
    },
  });
  const grammar: Grammar = await registry.loadGrammar('source.prompt-yaml');
  let state: unknown = textmate.INITIAL;
  return TEXT.split('\n').map((text) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(text, state);
    state = ruleStack;
    return { text, tokens };
  });
}
