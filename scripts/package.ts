import { statSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { root } from './process.mjs';
import { missingPublisherFields, packageExtension } from './vscode/package-extension.ts';

const file = join(root, `promptsmith-${packageJson.version}.vsix`);
const { output, warnings } = await packageExtension(file);
for (const line of warnings) console.error(line.trim());
console.log(output.trim().split('\n').at(-1)?.trim() ?? '');
console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
const missing = missingPublisherFields();
if (missing.length > 0)
  console.error(`Before you publish it, add to package.json: ${missing.join(', ')}.`);
if (warnings.length > 0) process.exitCode = 1;
