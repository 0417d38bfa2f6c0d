import Table from 'cli-table3'

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Rows under a header, columns aligned by two spaces, no lines. Numbers stand to the right: `align` says which. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const table = new Table({
    head: [...header],
    colAligns: [...align],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Breaks a text into lines of at most 80 columns, all but the first indented. Spaces in front are kept. */
export function wrap(text: string, indent = ''): string {
  const [firstWord, ...words] = text.trimStart().split(' ')
  const lines: string[] = []
  let line = text.slice(0, text.length - text.trimStart().length) + firstWord
  for (const word of words) {
    if (line.length + 1 + word.length > 80) {
      lines.push(line.trimEnd())
      line = indent + word
    } else {
      line = `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}
