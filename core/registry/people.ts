/**
 * The people behind some names, each as they are spelled first. Spellings of one name that differ in case,
 * width, invisible characters or spaces are one person; blank names are nobody.
 */
export function distinctPeople(names: readonly string[]): string[] {
  const people = new Map<string, string>();
  for (const name of names) {
    const key = personKey(name);
    if (key !== '' && !people.has(key)) people.set(key, name.trim());
  }
  return [...people.values()];
}

/** What two spellings of one name have in common: about Unicode's NFKC_Casefold, with single spaces. */
export function personKey(name: string): string {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  // By way of capitals `ß` and `SS`, or `ς` and `Σ`, come to the same.
  const folded = visible.toUpperCase().toLowerCase().normalize('NFKC');
  return folded.replace(/\s+/g, ' ').trim();
}
