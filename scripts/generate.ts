import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { currentText, generated } from './generate/index.ts';
import { root } from './process.mjs';

for (const { file, produce } of generated) {
  const current = currentText(file);
  const wanted = await produce(current);
  if (wanted === current) continue;
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), wanted);
  console.log(`wrote ${file}`);
}
