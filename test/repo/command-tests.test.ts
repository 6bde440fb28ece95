import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands } from '#cli/commands.ts';
import { root } from '../../scripts/process.mjs';

for (const { name } of commands) {
  test(`the command ${name} has a test file of its name`, () => {
    assert.ok(
      existsSync(join(root, `test/cli/${name}.test.ts`)),
      `test/cli/${name}.test.ts is missing`,
    );
  });
}
