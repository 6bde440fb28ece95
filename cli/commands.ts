import { check } from './check.ts';
import type { Command } from './command.ts';
import { cost } from './cost.ts';
import { diff } from './diff.ts';
import { evaluate } from './eval.ts';
import { explain } from './explain.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { models } from './models.ts';
import { promote } from './promote.ts';
import { publish } from './publish.ts';
import { render } from './render.ts';
import { rollback } from './rollback.ts';
import { rules } from './rules.ts';
import { runs } from './runs.ts';
import { show } from './show.ts';
import { tokens } from './tokens.ts';
import { trust } from './trust.ts';

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [
  check,
  rules,
  explain,
  tokens,
  cost,
  models,
  evaluate,
  runs,
  list,
  render,
  diff,
  publish,
  promote,
  rollback,
  log,
  show,
  exportCommand,
  importCommand,
  trust,
];
