/** Luhn's check digit (ISO/IEC 7812-1) over a text of digits. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** An IBAN's check digits (ISO 13616, ISO 7064 MOD 97-10); without spaces, upper case. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = char >= 'A' ? char.charCodeAt(0) - 55 : Number(char);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The two check digits of a Brazilian CPF, eleven digits. */
export function isCpf(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const check = (length: number): number => {
    const sum = sumWeighted(digits.slice(0, length), (i) => length + 1 - i);
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** The letter of a Spanish DNI or NIE: the number modulo 23. */
export function isDni(id: string): boolean {
  const match = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(id);
  if (!match) return false;
  const [, prefix = '', number = '', letter = ''] = match;
  if (prefix === '' ? number.length !== 8 : number.length !== 7) return false;
  const whole = Number((prefix === '' ? '' : 'XYZ'.indexOf(prefix)) + number);
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[whole % 23] === letter;
}

/** The key of a French NIR: 97 − the number modulo 97; Corsica's 2A and 2B count as 19 and 18. */
export function isNir(id: string): boolean {
  const match = /^([12]\d{4})(\d{2}|2A|2B)(\d{6})(\d{2})$/.exec(id);
  if (!match) return false;
  const [, birth = '', place = '', order = '', key = ''] = match;
  const department = place === '2A' ? '19' : place === '2B' ? '18' : place;
  return 97 - Number(BigInt(birth + department + order) % 97n) === Number(key);
}

/** The last digit of a British NHS number, modulus 11. */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  const rest = 11 - (sumWeighted(digits.slice(0, 9), (i) => 10 - i) % 11);
  return (rest === 11 ? 0 : rest) === Number(digits[9]);
}

/** The last digit of a Polish PESEL. */
export function isPesel(digits: string): boolean {
  if (!/^\d{11}$/.test(digits)) return false;
  const sum = sumWeighted(digits.slice(0, 10), (i) => [1, 3, 7, 9][i % 4] ?? 0);
  return (10 - (sum % 10)) % 10 === Number(digits[10]);
}

function sumWeighted(digits: string, weightAt: (index: number) => number): number {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * weightAt(i), 0);
}
