import type { AuditRule } from './rule.ts'
import { CLAIM_RULES } from './rules/claim.ts'
import { CLUSTER_RULES } from './rules/cluster.ts'
import { CODE_RULES } from './rules/code.ts'
import { DATA_RULES } from './rules/data.ts'
import { ENVIRONMENT_RULES } from './rules/environment.ts'
import { MACHINE_RULES } from './rules/machines.ts'
import { PHASE_RULES } from './rules/phases.ts'
import { RECIPE_RULES } from './rules/recipe.ts'
import { RECORD_RULES } from './rules/records.ts'
import { RUN_RULES } from './rules/run.ts'
import { SCALING_RULES } from './rules/scaling.ts'
import { SEED_RULES } from './rules/seeds.ts'
import { STUDY_RULES } from './rules/study.ts'
import { WHOLE_RECORDS } from './rules/whole-records.ts'

/** Every rule of the audit. */
export const AUDIT_RULES: readonly AuditRule[] = [
  WHOLE_RECORDS,
  ...RUN_RULES,
  ...CODE_RULES,
  ...ENVIRONMENT_RULES,
  ...STUDY_RULES,
  ...SEED_RULES,
  ...DATA_RULES,
  ...CLUSTER_RULES,
  ...RECORD_RULES,
  ...MACHINE_RULES,
  ...PHASE_RULES,
  ...SCALING_RULES,
  ...CLAIM_RULES,
  ...RECIPE_RULES,
]
