import { check } from './check.ts';
import type { Command } from './command.ts';
import { render } from './render.ts';

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [check, render];
