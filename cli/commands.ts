import { check } from './check.ts';
import type { Command } from './command.ts';
import { cost } from './cost.ts';
import { list } from './list.ts';
import { render } from './render.ts';
import { tokens } from './tokens.ts';

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [check, tokens, cost, list, render];
