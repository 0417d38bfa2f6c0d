/** Coefficients that no other ones beat, all at least 0. */
export interface NonNegativeFit {
  /** By column; 0 for a dependent one. */
  readonly coefficients: readonly number[]
  /** Columns that are sums of multiples of columns before them, by place: nothing tells their coefficients apart. */
  readonly dependent: readonly number[]
}

/** A column whose part that others do not explain is this much shorter than it is depends on them. */
const DEPENDENT = 1e-6

/**
 * Non-negative least squares for a few columns: of every set of columns the plain solution is taken, and of those without a
 * negative coefficient the one of least error.
 * @param rows f64[points][columns], of few columns.
 * @source Lawson & Hanson 1974, Solving least squares problems, chapter 23: the same optimum, found by trying all sets.
 */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): NonNegativeFit {
  const columns = rows[0].map((_, column) => rows.map((row) => row[column]))
  const basis: number[][] = []
  const dependent = columns.flatMap((column, place) => {
    const rest = orthogonalTo(basis, column)
    if (length(rest) <= DEPENDENT * length(column)) return [place]
    basis.push(rest)
    return []
  })
  const free = columns.map((_, place) => place).filter((place) => !dependent.includes(place))
  let best = { error: dot(targets, targets), coefficients: columns.map(() => 0) }
  for (let set = 1; set < 2 ** free.length; set++) {
    const chosen = free.filter((_, i) => set & (1 << i))
    const solved = solve(
      chosen.map((place) => columns[place]),
      targets,
    )
    if (solved.some((value) => value < 0)) continue
    const coefficients = columns.map((_, place) => solved[chosen.indexOf(place)] ?? 0)
    const errors = targets.map((target, i) => target - dot(rows[i], coefficients))
    const error = dot(errors, errors)
    if (error < best.error) best = { error, coefficients }
  }
  return { coefficients: best.coefficients, dependent }
}

/** Of independent columns, by modified Gram–Schmidt. */
function solve(columns: readonly (readonly number[])[], targets: readonly number[]): number[] {
  const basis: number[][] = []
  for (const column of columns) basis.push(orthogonalTo(basis, column))
  const solution = columns.map(() => 0)
  let rest = [...targets]
  for (let i = columns.length - 1; i >= 0; i--) {
    solution[i] = dot(basis[i], rest) / dot(basis[i], basis[i])
    rest = rest.map((value, row) => value - solution[i] * columns[i][row])
  }
  return solution
}

function orthogonalTo(basis: readonly (readonly number[])[], column: readonly number[]): number[] {
  let rest = [...column]
  // Twice: once leaves what rounding left of long columns.
  for (const other of [...basis, ...basis]) {
    const share = dot(other, rest) / dot(other, other)
    rest = rest.map((value, i) => value - share * other[i])
  }
  return rest
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0)
}

function length(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector))
}
