import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openInput } from '#app/prompt/open-input.ts';
import { UserError } from '#core/user-error.ts';
import { folderWith } from '#test/support/cli.ts';

const TEXT = 'messages:\n  - role: user\n    content: Grüße\n';

test('an editor that shows a file in another encoding as UTF-8 cannot run it', async (t) => {
  const cwd = await folderWith(t, {});
  const file = join(cwd, 'a.prompt.yaml');
  for (const encoding of ['latin1', 'utf16le'] as const) {
    const bytes = Buffer.from(TEXT, encoding);
    await writeFile(file, bytes);
    const text = new TextDecoder().decode(bytes);
    await assert.rejects(
      openInput({ file, cwd, text }),
      (error) =>
        error instanceof UserError && error.message.startsWith('a.prompt.yaml is not UTF-8'),
    );
  }
  // Somebody who writes about U+FFFD may do so.
  const about = TEXT.replace('Grüße', 'What is \ufffd?');
  await writeFile(file, about);
  assert.equal((await openInput({ file, cwd, text: about })).prompt.text, about);
  // The editor decoded it with its real encoding.
  await writeFile(file, TEXT, 'latin1');
  assert.equal((await openInput({ file, cwd, text: TEXT })).prompt.text, TEXT);
});
