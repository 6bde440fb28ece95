import type { Feature } from '../feature.ts';

/** Every LSP feature: one file each. */
export const features: readonly Feature[] = [];
