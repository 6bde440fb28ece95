/** An exact decimal number: `digits` × 10^`exponent`. Equal numbers have equal fields. */
export interface Decimal {
  readonly isNegative: boolean;
  /** Without leading and trailing zeros; '0' for zero. */
  readonly digits: string;
  readonly exponent: number;
}

/** Longer numbers are compared for equality only: arithmetic on them takes too long. */
const MAX_DIGITS = 400;

/** Reads `-12.50e3`: digits with an optional sign, point and exponent. Null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  if (whole + fraction === '') return null;
  const all = `${whole}${fraction}`;
  let start = 0;
  while (start < all.length && all[start] === '0') start++;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end--;
  const digits = all.slice(start, end);
  if (digits === '') return { isNegative: false, digits: '0', exponent: 0 };
  const exponent = Number(power) - fraction.length + (all.length - end);
  return { isNegative: sign === '-', digits, exponent };
}

export function areEqualDecimals(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.exponent === b.exponent && a.isNegative === b.isNegative;
}

/** |a − b|, exactly; null if a number is too long or too large for arithmetic. */
export function computeDifference(a: Decimal, b: Decimal): Decimal | null {
  if (!isComputable(a) || !isComputable(b)) return null;
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = toUnits(a, exponent) - toUnits(b, exponent);
  return parseDecimal(`${difference < 0n ? -difference : difference}e${exponent}`);
}

/** a × b, exactly; null if a number is too long or too large for arithmetic. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal | null {
  if (!isComputable(a) || !isComputable(b)) return null;
  const product = toUnits(a, a.exponent) * toUnits(b, b.exponent);
  return parseDecimal(`${product}e${a.exponent + b.exponent}`);
}

/** True if a ≤ b, for numbers that are not negative. */
export function isAtMost(a: Decimal, b: Decimal): boolean {
  if (a.digits === '0' || areEqualDecimals(a, b)) return true;
  if (b.digits === '0') return false;
  const [sizeA, sizeB] = [a.digits.length + a.exponent, b.digits.length + b.exponent];
  if (sizeA !== sizeB) return sizeA < sizeB;
  const length = Math.max(a.digits.length, b.digits.length);
  return a.digits.padEnd(length, '0') <= b.digits.padEnd(length, '0');
}

/** As people write it: `1234.5`, with an exponent only beyond 21 digits. */
export function formatDecimal({ isNegative, digits, exponent }: Decimal): string {
  const sign = isNegative ? '-' : '';
  const size = digits.length + exponent;
  if (size > 21 || size < -6) {
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${rest}e${size - 1}`;
  }
  if (exponent >= 0) return `${sign}${digits}${'0'.repeat(exponent)}`;
  if (size > 0) return `${sign}${digits.slice(0, size)}.${digits.slice(size)}`;
  return `${sign}0.${'0'.repeat(-size)}${digits}`;
}

function isComputable({ digits, exponent }: Decimal): boolean {
  return digits.length <= MAX_DIGITS && Math.abs(exponent) <= MAX_DIGITS;
}

function toUnits({ isNegative, digits, exponent }: Decimal, unit: number): bigint {
  const units = BigInt(digits) * 10n ** BigInt(exponent - unit);
  return isNegative ? -units : units;
}
