/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The central directory of a zip archive below 4 GB, see APPNOTE.TXT 4.3.12 and 4.3.16. */
export function zipEntries(archive: Buffer): ZipEntry[] {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new Error('this is no zip archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('the zip archive is damaged');
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [name = 0] = lengths;
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + name),
      size: archive.readUInt32LE(at + 24),
    });
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}
