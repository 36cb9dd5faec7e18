/** In CSS pixels. */
const SIZES = {
  widths: [196, 164, 232, 200],
  gap: 58,
  top: 8,
  rowGap: 8,
  heights: { principal: 38, access: 46, scope: 38, pass: 12 },
  indent: 10,
};

/** Narrower than that no name can be read, and wider than that the eye loses the line. */
const FACTORS = [0.75, 1.6];

/** Columns and gaps that fill a width, as far as they can be read. Two columns next to each other fit a phone. Pure. */
export function sizesFor(available, sizes = SIZES) {
  const wanted = leftOf(3, sizes) + sizes.widths[3];
  const factor = Math.min(Math.max(available / wanted, FACTORS[0]), FACTORS[1]);
  const scaled = (size) => Math.floor(size * factor);
  return { ...sizes, widths: sizes.widths.map(scaled), gap: scaled(sizes.gap) };
}

/** Ways around cards of the second column that edges pass by. */
const PASS = 'pass:';

/**
 * Where everything stands: four columns, each sorted by what its rows lead to, so that few edges cross, and edges that
 * skip a column in a lane of their own there. The same for the same view. Pure.
 */
export function layoutOf(view, index, sizes = SIZES) {
  const order = new Map([...index.nodes.keys()].map((id, place) => [id, place]));
  const place = (id) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
  const columns = [0, 1, 2, 3].map((column) => view.nodes.filter((node) => node.column === column));
  const scopes = columns[3].toSorted((one, other) => place(one.id) - place(other.id));
  const rank = new Map(scopes.map(({ id }, at) => [id, at]));
  const accesses = columns[2].toSorted(
    (one, other) =>
      rank.get(`s:${one.item.scope}`) - rank.get(`s:${other.item.scope}`) ||
      KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
      compare(one.item.title, other.item.title) ||
      compare(one.id, other.id),
  );
  const middles = new Map();
  const boxes = new Map();
  const lay = (rows, column) => {
    for (const [id, top, height] of rows) {
      const indent = column === 3 ? Math.min(depthOf(id, index), 5) * sizes.indent : 0;
      const x = leftOf(column, sizes) + indent;
      boxes.set(id, { x, y: top, width: sizes.widths[column] - indent, height });
      middles.set(id, top + height / 2);
    }
  };
  lay(
    stacked(
      accesses.map(({ id }) => [id, sizes.heights.access]),
      sizes,
    ),
    2,
  );
  const bySource = groupBy(view.edges, 'from');
  const kindOf = new Map(view.nodes.map(({ id, column }) => [id, column]));
  const aims = (id, column) =>
    (bySource.get(id) ?? [])
      .filter(({ to }) => kindOf.get(to) === column)
      .map(({ to }) => middles.get(to))
      .filter(Number.isFinite);
  const lanes = columns[0].filter(({ id }) => aims(id, 2).length > 0).map(({ id }) => `${PASS}${id}`);
  const second = [
    ...columns[1].map(({ id }) => [id, mean(aims(id, 2)), sizes.heights.principal]),
    ...lanes.map((id) => [id, mean(aims(id.slice(PASS.length), 2)), sizes.heights.pass]),
  ];
  lay(near(sorted(second), sizes), 1);
  const first = columns[0].map(({ id }) => {
    const lane = middles.get(`${PASS}${id}`);
    return [id, mean([...aims(id, 1), ...(lane === undefined ? [] : [lane])]), sizes.heights.principal];
  });
  lay(near(sorted(first), sizes), 0);
  const inEdges = groupBy(view.edges, 'to');
  const last = scopes.map(({ id }) => [
    id,
    mean((inEdges.get(id) ?? []).map(({ from }) => middles.get(from)).filter(Number.isFinite)),
    sizes.heights.scope,
  ]);
  lay(near(filled(last), sizes), 3);
  const lines = view.edges.map((edge) => ({ ...edge, path: pathOf(edge, boxes) }));
  const bottom = Math.max(0, ...[...boxes.values()].map(({ y, height }) => y + height));
  const width = leftOf(3, sizes) + sizes.widths[3];
  return { boxes, lines, width, height: bottom + sizes.top, sizes };
}

const KINDS = ['escalation', 'deny', 'role', 'eligible'];

/** The left of a column. */
export function leftOf(column, { widths, gap } = SIZES) {
  return widths.slice(0, column).reduce((sum, width) => sum + width + gap, 0);
}

function depthOf(id, { nodes }) {
  return nodes.get(id)?.item.depth ?? 0;
}

function stacked(rows, { top, rowGap }) {
  let y = top;
  return rows.map(([id, height]) => {
    const row = [id, y, height];
    y += height + rowGap;
    return row;
  });
}

/** By where they would like to be; by id where that is the same. Those that would like nothing come last. */
function sorted(rows) {
  return rows.toSorted(
    ([id, wish], [otherId, other]) => (wish ?? Infinity) - (other ?? Infinity) || compare(id, otherId),
  );
}

/** Without a wish of their own, rows want to be where the next one wants to be. */
function filled(rows) {
  let next;
  return rows
    .toReversed()
    .map(([id, wish, height]) => {
      next = wish ?? next;
      return [id, next, height];
    })
    .toReversed();
}

/**
 * Rows in their order, as near as can be to where they would like to have their middles, without touching: rows that
 * would touch move as one block (pool adjacent violators).
 */
export function near(rows, { top, rowGap }) {
  const blocks = [];
  for (const [id, wish, height] of rows) {
    const previous = blocks.at(-1);
    const start =
      wish === undefined
        ? previous === undefined
          ? top
          : previous.y + previous.height + rowGap
        : wish - height / 2;
    blocks.push({ rows: [[id, 0, height]], height, wishes: [start], y: Math.max(top, start) });
    while (blocks.length > 1) {
      const [upper, lower] = blocks.slice(-2);
      if (upper.y + upper.height + rowGap <= lower.y) break;
      const shift = upper.height + rowGap;
      const wishes = [...upper.wishes, ...lower.wishes.map((one) => one - shift)];
      const moved = lower.rows.map(([name, offset, size]) => [name, offset + shift, size]);
      const y = Math.max(top, mean(wishes));
      blocks.splice(-2, 2, { rows: [...upper.rows, ...moved], height: shift + lower.height, wishes, y });
    }
  }
  return blocks.flatMap(({ rows: inside, y }) =>
    inside.map(([id, offset, height]) => [id, y + offset, height]),
  );
}

/** A curve from the right of one to the left of the other, by its lane where it has one; a bow between two of a column. */
function pathOf({ from, to }, boxes) {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  const [x1, y1, x2, y2] = [start.x + start.width, start.y + start.height / 2, end.x, end.y + end.height / 2];
  if (start.x === end.x) {
    const bow = end.x - 22;
    return `M${start.x} ${round(y1)}C${bow} ${round(y1)} ${bow} ${round(y2)} ${x2} ${round(y2)}`;
  }
  const lane = boxes.get(`${PASS}${from}`);
  if (lane === undefined || end.x <= lane.x) return `M${x1} ${round(y1)}${curve(x1, y1, x2, y2)}`;
  const y = lane.y + lane.height / 2;
  const right = lane.x + lane.width;
  return `M${x1} ${round(y1)}${curve(x1, y1, lane.x, y)}L${right} ${round(y)}${curve(right, y, x2, y2)}`;
}

function curve(x1, y1, x2, y2) {
  const middle = round((x1 + x2) / 2);
  return `C${middle} ${round(y1)} ${middle} ${round(y2)} ${x2} ${round(y2)}`;
}

function groupBy(edges, end) {
  const groups = new Map();
  for (const edge of edges) {
    const list = groups.get(edge[end]);
    if (list === undefined) groups.set(edge[end], [edge]);
    else list.push(edge);
  }
  return groups;
}

function mean(numbers) {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}
