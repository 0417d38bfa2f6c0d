/** What `reproduce` runs where no claim is named: a path from the project's root. */
export const DEFAULT_CLAIM = 'configs/claims/capstone-41.8.yaml'
