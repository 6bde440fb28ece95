import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPii } from '#core/pii.ts';

/** A text, and what is found in it. */
const TABLE: [text: string, ...found: string[]][] = [
  ['mail Ann.Lee+x@mail.acme.co.uk, now', 'email Ann.Lee+x@mail.acme.co.uk'],
  ['ann@example.org, ann@shop.example, ann@x.test, a@localhost'],
  ['not an address: a@b, @handle, 3@4.5'],
  ['card 4539 1488 0343 6467.', 'card 4539 1488 0343 6467'],
  ['card 4539-1488-0343-6468'],
  ['test card 4242 4242 4242 4242, order 1234567890123456'],
  ['amex 374245455400126', 'card 374245455400126'],
  ['IBAN DE02 1203 0000 0000 2020 51', 'iban DE02 1203 0000 0000 2020 51'],
  ['IBAN DE03 1203 0000 0000 2020 51'],
  ['the specimen GB82 WEST 1234 5698 7654 32'],
  ['SSN 536-22-8726', 'us-ssn 536-22-8726'],
  ['SSN 900-22-8726, 666-22-8726, 536-00-8726, 078-05-1120'],
  ['NHS 943 476 5919', 'uk-nhs 943 476 5919'],
  ['NHS 943 476 5918'],
  ['DNI 87654321X, NIE X1234567L', 'es-dni 87654321X', 'es-dni X1234567L'],
  ['DNI 87654321A'],
  ['NIR 2 69 05 49 588 157 80', 'fr-nir 2 69 05 49 588 157 80'],
  ['NIR 2 69 05 49 588 157 81'],
  ['CPF 529.982.247-25', 'br-cpf 529.982.247-25'],
  ['CPF 529.982.247-26, 111.111.111-11'],
  ['PESEL: 44051401359', 'pl-pesel 44051401359'],
  ['number 44051401359'],
  ['call +1 415 867 5309 or (415) 867-5309', 'phone +1 415 867 5309', 'phone (415) 867-5309'],
  ['call +44 7700 900123 or 212-555-0199'],
  ['on 2026-11-21 at 10.20.30.40 version 1.234.5678 costs 1,234.56'],
];

test('finds what has a form and a good check digit, and nothing reserved', () => {
  for (const [text, ...expected] of TABLE) {
    const found = findPii(text);
    assert.deepEqual(
      found.map((match) => `${match.type} ${match.text}`),
      expected,
      text,
    );
    for (const { span, text: part } of found) assert.equal(text.slice(span.start, span.end), part);
  }
});
