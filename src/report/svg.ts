import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** What every figure has. */
export const FIGURE = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', background: 'white' } as const

/** Draws a figure without a browser. */
export function svgOf(spec: TopLevelSpec): Promise<string> {
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG()
}
