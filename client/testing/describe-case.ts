import type { GoldenCase } from '#app/eval/locate-cases.ts';

/** What the Test Explorer shows beside a case: its group, whether it is required, its tags. */
export function describeCase({ group, must, tags }: GoldenCase): string {
  return [group ?? '', must ? 'required' : '', ...tags].filter((text) => text !== '').join(' · ');
}

/** The tags by which a case can be filtered. */
export function listCaseTags({ group, tags }: GoldenCase): readonly string[] {
  return group === null ? tags : [...tags, `group:${group}`];
}
