const END = '<!-- until here -->'

/**
 * A document with the table that stands between two markers made anew.
 * @param source the committed result that the first marker names.
 * @throws {Error} the markers are not there, each once and in order.
 */
export function withTable(document: string, source: string, table: string): string {
  const begin = `<!-- npm run docs:tables makes this from ${source} -->`
  const [before, rest, ...more] = document.split(begin)
  const [, after, ...others] = rest?.split(END) ?? []
  if (after === undefined || more.length + others.length > 0)
    throw new Error(`want '${begin}' and '${END}' once each, in this order`)
  return `${before}${begin}\n${table}\n${END}${after}`
}

/** A row of a Markdown table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
