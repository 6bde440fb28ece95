/** A guard, and the change that takes it out: tests must notice. */
export interface Mutant {
  /** The source file, from the root. */
  readonly file: string;
  /** What the guard is for, in a few words. */
  readonly guards: string;
  /** Source text that is in the file exactly once; short, so that it outlives renames around it. */
  readonly find: string;
  readonly replace: string;
  /** The test file that must fail, from the root. */
  readonly test: string;
  /** A part of a test's name, where the others in the file take long. */
  readonly name?: string;
}

/** The source with the guard taken out, or why there is no such thing. */
export function mutate(
  source: string,
  { find, replace }: Mutant,
): { text: string } | { error: string } {
  const parts = source.split(find);
  if (parts.length === 1) return { error: `does not contain \`${find}\`` };
  if (parts.length > 2) return { error: `contains \`${find}\` ${parts.length - 1} times` };
  if (find === replace) return { error: `\`${find}\` is replaced by itself` };
  return { text: parts.join(replace) };
}
