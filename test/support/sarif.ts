import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';

/** The schema that OASIS published for SARIF 2.1.0, as @microsoft/jest-sarif carries it. */
function schema(): object {
  const entry = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
  const path = join(dirname(entry), 'schemas/sarif-2.1.0-rtm.5.json');
  const { $schema, id, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok($schema && id);
  return rest;
}

/** What of the schema a log breaks, `path: message`; none for a valid one. */
export function sarifErrors(log: unknown): string[] {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    // One of its patterns is none under the `u` flag.
    unicodeRegExp: false,
  });
  const validate = ajv.compile(schema());
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
