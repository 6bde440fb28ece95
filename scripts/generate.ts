import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentText, generated } from './generate/index.ts';
import { root } from './process.mjs';

for (const { file, produce } of generated) {
  const current = currentText(file);
  const wanted = await produce(current);
  if (wanted === current) continue;
  writeFileSync(join(root, file), wanted);
  console.log(`wrote ${file}`);
}
