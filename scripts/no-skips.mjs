/**
 * A reporter for Node's test runner under CI, where a test that was left out proves nothing: it names
 * every skipped test with its reason and makes the run fail.
 * @param {AsyncIterable<import('node:test').TestEvent>} source
 */
export default async function* noSkips(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' || data.skip === undefined) continue;
    process.exitCode = 1;
    const reason = typeof data.skip === 'string' && data.skip !== '' ? `: ${data.skip}` : '';
    yield `Under CI no test may be skipped. ${data.name}${reason}\n`;
  }
}
