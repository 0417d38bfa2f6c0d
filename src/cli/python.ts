/** Where a Python with a package may be, best first: `$REDUCIBLE_PYTHON`, the one on the PATH, the system's. */
export function pythons(): string[] {
  const { REDUCIBLE_PYTHON } = process.env
  return [...(REDUCIBLE_PYTHON === undefined ? [] : [REDUCIBLE_PYTHON]), 'python3', '/usr/bin/python3']
}
