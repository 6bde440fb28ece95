import { check } from './check.ts';
import type { Command } from './command.ts';
import { cost } from './cost.ts';
import { evaluate } from './eval.ts';
import { explain } from './explain.ts';
import { list } from './list.ts';
import { render } from './render.ts';
import { rules } from './rules.ts';
import { runs } from './runs.ts';
import { tokens } from './tokens.ts';
import { trust } from './trust.ts';

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [
  check,
  rules,
  explain,
  tokens,
  cost,
  evaluate,
  runs,
  list,
  render,
  trust,
];
