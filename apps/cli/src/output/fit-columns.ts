/** A column is never made narrower than this, in character cells. */
const NARROWEST = 4;

/**
 * The widths of columns that fit a terminal: the widest ones give way, as far as they can.
 *
 * @param natural - the width of the widest cell of each column
 * @param available - character cells for a line
 * @param gap - cells between two columns
 */
export function fitColumns(natural: readonly number[], available: number, gap: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, gap * Math.max(0, widths.length - 1)) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const index = widths.lastIndexOf(widest);
    const next = Math.max(NARROWEST, ...widths.filter((width) => width < widest));
    const step = Math.min(excess, Math.max(1, widest - next));
    widths[index] = widest - step;
    excess -= step;
  }
  return widths;
}
