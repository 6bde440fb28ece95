import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PriceProvider } from '#core/models/price-data.ts';
import { readPriceList } from '#core/models/read-price-list.ts';
import { getUserConfigFolder } from './user-folders.ts';
import { writeTextFile } from './write-file.ts';

/** A price list that the user fetched. */
export interface FetchedPrices {
  readonly v: 1;
  /** The day it was fetched, `2026-12-01`. */
  readonly date: string;
  /** The address it is from. */
  readonly source: string;
  readonly providers: readonly PriceProvider[];
}

/** Where fetched prices are kept, for all projects. */
export function getPriceListPath(env: Readonly<Record<string, string | undefined>>): string {
  return join(getUserConfigFolder(env), 'prices.json');
}

/** The prices that the user fetched; null if there are none, or if the file is damaged or of a newer version. */
export async function readFetchedPrices(path: string): Promise<FetchedPrices | null> {
  try {
    const { v, date, source, providers } = JSON.parse(await readFile(path, 'utf8'));
    if (v !== 1 || typeof date !== 'string' || typeof source !== 'string') return null;
    return { v, date, source, providers: readPriceList(providers) };
  } catch {
    return null;
  }
}

export async function writeFetchedPrices(path: string, prices: FetchedPrices): Promise<void> {
  await writeTextFile(path, JSON.stringify(prices));
}

/** Returns to the prices of the program. True if there were others. */
export async function removeFetchedPrices(path: string): Promise<boolean> {
  const isThere = (await readFetchedPrices(path)) !== null;
  await rm(path, { force: true });
  return isThere;
}
