const END = '<!-- until here -->'

/**
 * A document with the table that stands between two markers made anew.
 * @param source the committed result that the first marker names.
 * @throws {Error} the markers are not there, the first one once.
 */
export function withTable(document: string, source: string, table: string): string {
  const begin = `<!-- npm run docs:tables makes this from ${source} -->`
  const [before, rest, ...more] = document.split(begin)
  const end = rest?.indexOf(END) ?? -1
  if (end < 0 || more.length > 0) throw new Error(`want '${begin}' once, and '${END}' after it`)
  return `${before}${begin}\n${table}\n${rest.slice(end)}`
}

/** A row of a Markdown table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
