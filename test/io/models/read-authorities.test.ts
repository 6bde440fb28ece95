import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readAuthorities } from '#io/models/read-authorities.ts';

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-ca-'));
after(() => rm(folder, { recursive: true }));

test('certificates are read from an absolute path, and what is none is an error', async () => {
  const path = fileURLToPath(new URL('../../support/certificates/authority.pem', import.meta.url));
  assert.match(await readAuthorities(path), /BEGIN CERTIFICATE/);
  const key = fileURLToPath(new URL('../../support/certificates/test-key.pem', import.meta.url));
  await assert.rejects(readAuthorities(key), /`promptsmith\.caFile` has no certificate in PEM/);
  await assert.rejects(readAuthorities('ca.pem'), /must be an absolute path: ca\.pem/);
  await assert.rejects(readAuthorities(join(folder, 'none.pem')), /cannot be read: /);
  await writeFile(join(folder, 'der.cer'), Buffer.from([0x30, 0x82, 0xff, 0xfe]));
  await assert.rejects(readAuthorities(join(folder, 'der.cer')), /caFile/);
});
