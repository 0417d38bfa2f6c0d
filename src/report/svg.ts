import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** What every figure has. */
export const FIGURE = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', background: 'white' } as const

/** Draws a figure without a browser. */
export function svgOf(spec: TopLevelSpec): Promise<string> {
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG()
}

const LINE_LETTERS = 96

/** A line of a figure's subtitle, in parts that are no wider than the figure. */
export function broken(line: string): string[] {
  const lines: string[] = []
  let rest = line
  while (rest.length > LINE_LETTERS) {
    const space = rest.lastIndexOf(' ', LINE_LETTERS)
    lines.push(rest.slice(0, space))
    rest = `  ${rest.slice(space + 1)}`
  }
  return [...lines, rest]
}
