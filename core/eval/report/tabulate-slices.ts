import { formatPercent, formatPercentNumber } from '../../format-percent.ts';
import { formatPoints, formatPValue } from '../compare/describe-verdict.ts';
import { isWorse, type Slice } from './slices.ts';
import type { TextTable } from './tabulate-models.ts';

/** The tags of a run with their pass rates, the lowest first. */
export function tabulateSlices(slices: readonly Slice[]): TextTable {
  const hasModels = slices.some(({ model }) => model !== undefined);
  const hasGroups = slices.some(({ groups }) => groups !== undefined);
  return {
    columns: [
      { heading: 'Tag' },
      ...(hasModels ? [{ heading: 'Model' }] : []),
      { heading: 'Cases', isNumber: true },
      ...(hasGroups ? [{ heading: 'Groups', isNumber: true }] : []),
      { heading: 'Pass rate (95 % CI)', isNumber: true },
      { heading: 'Points vs the rest', isNumber: true },
      { heading: 'p, adjusted', isNumber: true },
    ],
    rows: slices.map((slice) => {
      const { name, model = '', cases, groups, rate, low, high, gap } = slice;
      return [
        isWorse(slice) ? `${name} ▼` : name,
        ...(hasModels ? [model] : []),
        String(cases),
        ...(hasGroups ? [groups === undefined ? '–' : String(groups)] : []),
        `${formatPercent(rate)} (${formatPercentNumber(low)}–${formatPercentNumber(high)})`,
        gap ? formatPoints(gap.value) : '–',
        gap ? formatPValue(gap.pAdjusted).replace(/^p (?:= )?/, '') : '–',
      ];
    }),
  };
}

/** `tag billing: 50 % of 8 cases pass, −44 points compared with the rest (95 % CI −75 to −9, p = .010)`. */
export function describeSlice({ name, model, cases, rate, gap }: Slice): string {
  const where = `tag ${name}${model === undefined ? '' : `, ${model}`}`;
  const rest = gap
    ? `, ${formatPoints(gap.value)} points compared with the rest (95 % CI ${formatPoints(gap.low)} to ${formatPoints(gap.high)}, ${formatPValue(gap.pAdjusted)})`
    : '';
  return `${where}: ${formatPercent(rate)} of ${cases} cases pass${rest}`;
}
