import { type Check, MARK, type Report } from './checks.ts';
import { checks } from './list.ts';

/** VS Code calls this in the extension host; it reports every check and rejects when one failed. */
export async function run(): Promise<void> {
  const rejections: string[] = [];
  process.on('unhandledRejection', (reason) => {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    if (text.includes('promptsmith')) rejections.push(text);
  });
  let notes: string[] = [];
  const all: readonly Check[] = [
    ...checks((text) => notes.push(text)),
    {
      name: 'no promise was rejected unseen',
      async run() {
        if (rejections.length > 0) throw new Error(rejections.join('\n'));
      },
    },
  ];
  let failed = 0;
  for (const { name, run: check } of all) {
    notes = [];
    const error = await check().then(
      () => undefined,
      (reason: unknown) =>
        reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    );
    if (error !== undefined) failed++;
    const report: Report = { name, notes, ...(error === undefined ? {} : { error }) };
    console.log(MARK + JSON.stringify(report));
  }
  if (failed > 0) throw new Error(`${failed} of ${all.length} checks failed`);
}
