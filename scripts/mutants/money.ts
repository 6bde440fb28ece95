import type { Mutant } from './mutant.ts';

const usage = 'io/models/read-usage.ts';
const usageTest = 'test/io/models/read-usage.test.ts';
const ledger = 'io/spending-ledger.ts';
const ledgerTest = 'test/io/spending-ledger.test.ts';
const booking = 'app/eval/spending-booking.ts';
const bookingTest = 'test/app/eval/spending-booking.test.ts';
const monthTest = 'test/app/eval/eval-month.test.ts';
const spending = 'core/eval/run/spending.ts';
const spendingTest = 'test/core/eval/run/spending.test.ts';

/** What calls cost: usage, forecasts and budgets. */
export const moneyMutants: readonly Mutant[] = [
  {
    file: usage,
    guards: 'thinking beside the completion is billed',
    find: 'const output = counted + hidden;',
    replace: 'const output = counted;',
    test: usageTest,
  },
  {
    file: usage,
    guards: 'a charge is read only of providers that document it',
    find: 'hasCharge ? readCount(usage.cost) : null',
    replace: 'readCount(usage.cost)',
    test: usageTest,
  },
  {
    file: usage,
    guards: 'a negative number is no count',
    find: 'value >= 0 && ',
    replace: '',
    test: usageTest,
  },
  {
    file: spending,
    guards: 'the cost limit counts what the provider charged, where that is more',
    find: 'Math.max(cost ?? amount, charged)',
    replace: '(cost ?? amount)',
    test: spendingTest,
  },
  {
    file: 'core/eval/run/estimate-run.ts',
    guards: 'an evaluation counts the schema that is sent along',
    find: 'if (this.#schema !== null) texts.push(this.#schema);',
    replace: '',
    test: 'test/app/eval/one-cost.test.ts',
  },
  {
    file: 'app/prompt/forecast-prompt.ts',
    guards: 'an estimate takes the output of earlier runs',
    find: 'return forecastCalls(prompt, { settings, path, runs, judge });',
    replace: 'return forecastCalls(prompt, { settings, path, runs: [], judge });',
    test: 'test/app/eval/forecast-accuracy.test.ts',
  },
  {
    file: ledger,
    guards: 'what is set aside counts until what was spent is known',
    find: 'const amount = usd ?? reserved;',
    replace: 'const amount = usd ?? 0;',
    test: ledgerTest,
  },
  {
    file: ledger,
    guards: 'a line that was cut off swallows no other',
    find: '`\\n${JSON.stringify(line)}\\n`',
    replace: '`${JSON.stringify(line)}\\n`',
    test: ledgerTest,
  },
  {
    file: ledger,
    guards: 'only the owner can read what was spent',
    find: "open(path, 'a', 0o600)",
    replace: "open(path, 'a')",
    test: ledgerTest,
  },
  {
    file: booking,
    guards: 'of two runs that begin at once only one gets the rest of the month',
    find: 'if (!exceeded) return new SpendingBooking(ledger, entry, findRest(limits, totals));',
    replace: 'return new SpendingBooking(ledger, entry, findRest(limits, totals));',
    test: bookingTest,
  },
  {
    file: booking,
    guards: 'a budget of the month needs a ledger',
    find: 'if (limits.length > 0) throw createLedgerError(error, limits);',
    replace: '',
    test: bookingTest,
  },
  {
    file: 'app/eval/run-prepared.ts',
    guards: 'what a run spends is recorded, calls that were cancelled included',
    find: 'booking?.addRun(spending);',
    replace: '',
    test: monthTest,
  },
  {
    file: 'app/eval/run-prepared.ts',
    guards: 'a run ends before it exceeds the month',
    find: 'isPriced ? rest : null',
    replace: 'null',
    test: monthTest,
  },
  {
    file: 'core/eval/run/caller.ts',
    guards: 'a call hands on what the provider charged',
    find: 'charged = usage?.charged;',
    replace: '',
    test: 'test/core/eval/run/run-spending.test.ts',
  },
];
