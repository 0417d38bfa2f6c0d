// Goal: what launch --slurm writes for Slurm and reads from it. Left out: Slurm itself (slurm.system.test.ts).
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parseImage } from '../../cluster/launch/image.ts'
import { expandHostlist } from '../../cluster/launch/slurm/hostlist.ts'
import { jobScript, type SlurmJob } from '../../cluster/launch/slurm/job-script.ts'
import { isHopeless, isOver, jobText, parseJob } from '../../cluster/launch/slurm/job-state.ts'

describe('a hostlist', () => {
  it.each([
    ['', []],
    ['n0', ['n0']],
    ['n[0-3,7]', ['n0', 'n1', 'n2', 'n3', 'n7']],
    ['n[0-1],login,m[5]', ['n0', 'n1', 'login', 'm5']],
    ['n[08-11]', ['n08', 'n09', 'n10', 'n11']],
    ['r[1-2]n[0-1]-ib', ['r1n0-ib', 'r1n1-ib', 'r2n0-ib', 'r2n1-ib']],
  ])('%s names %j', (list, names) => {
    expect(expandHostlist(list)).toEqual(names)
  })
})

describe('a job', () => {
  const line = (state: string, reason: string, nodes: string): string =>
    `JobId=5 JobName=a UserId=root(0) JobState=${state} Reason=${reason} Dependency=(null) ReqNodeList=n9 NodeList=${nodes} NumNodes=2`

  it.each([
    ['PENDING', 'Resources', '(null)', 'PENDING (Resources)', { over: false, hopeless: false }],
    ['PENDING', 'PartitionNodeLimit', '', 'PENDING (PartitionNodeLimit)', { over: false, hopeless: true }],
    ['RUNNING', 'None', 'n[2-3]', 'RUNNING on n2 n3', { over: false, hopeless: false }],
    ['COMPLETING', 'None', 'n[2-3]', 'COMPLETING', { over: false, hopeless: false }],
    ['TIMEOUT', 'TimeLimit', 'n[2-3]', 'TIMEOUT (TimeLimit)', { over: true, hopeless: false }],
    ['NODE_FAIL', 'NodeDown', 'n2', 'NODE_FAIL (NodeDown)', { over: true, hopeless: false }],
    ['CANCELLED', 'None', 'n2', 'CANCELLED', { over: true, hopeless: false }],
  ])('in state %s for %s is told from scontrol', (state, reason, nodes, text, { over, hopeless }) => {
    const job = parseJob(line(state, reason, nodes))
    expect(jobText(job)).toBe(text)
    expect({ over: isOver(job), hopeless: isHopeless(job) }).toEqual({ over, hopeless })
  })
})

describe('the script of a job', () => {
  const JOB: SlurmJob = {
    name: 'slurm-4',
    studyFile: "configs/it's 4.yaml",
    tasks: 4,
    tasksPerNode: 1,
    timeMinutes: undefined,
    gpusPerTask: undefined,
    partition: undefined,
    folder: '/shared/my runs/runs/slurm-4',
    workingFolder: '/home/a b',
    reducible: ['/opt/node', '/opt/main.ts'],
    container: undefined,
    flags: ['--seeds', '0-4', '--out', '/shared/my runs'],
  }
  const directivesOf = (job: SlurmJob): string[] =>
    jobScript(job)
      .split('\n')
      .filter((line) => line.startsWith('#SBATCH'))

  it('asks for a task a worker, and nothing that nobody stated', () => {
    expect(directivesOf(JOB)).toEqual([
      '#SBATCH --job-name=slurm-4',
      '#SBATCH --nodes=4',
      '#SBATCH --ntasks=4',
      '#SBATCH --ntasks-per-node=1',
      '#SBATCH --signal=B:USR2@60',
      '#SBATCH --chdir="/home/a b"',
      '#SBATCH --output="/shared/my runs/runs/slurm-4/slurm-%j.out"',
      '#SBATCH --error="/shared/my runs/runs/slurm-4/slurm-%j.err"',
      '#SBATCH --no-requeue',
    ])
  })

  it('starts workers in a container of the image, which the coordinator holds them against', () => {
    const digest = `sha256:${'ab'.repeat(32)}`
    const image = parseImage(`example/reducible@${digest}`)
    const script = jobScript({ ...JOB, container: { engine: 'apptainer', image } })
    expect(script).toContain(`\nexport REDUCIBLE_CONTAINER_DIGEST=${digest}\n`)
    expect(script).toContain(
      `srun --kill-on-bad-exit=1 --wait=0 apptainer exec --env=REDUCIBLE_CONTAINER_DIGEST=${digest} docker://example/reducible@${digest} reducible worker --coordinator `,
    )
    expect(jobScript(JOB)).not.toContain('REDUCIBLE_CONTAINER_DIGEST')
  })

  it('asks for the stated limits; 6 workers, 4 on each machine, take 2 machines', () => {
    const stated = { tasks: 6, tasksPerNode: 4, timeMinutes: 1, gpusPerTask: 1, partition: 'gpu' }
    const directives = directivesOf({ ...JOB, ...stated }).map((line) => line.replace('#SBATCH --', ''))
    expect(directives).toEqual(
      expect.arrayContaining([
        'nodes=2',
        'ntasks=6',
        'ntasks-per-node=4',
        'time=1',
        'gpus-per-task=1',
        'partition=gpu',
      ]),
    )
    expect(directives).toContain('signal=B:USR2@20')
  })

  it('is a script that bash reads, which quotes what it was given', () => {
    execFileSync('bash', ['-n'], { input: jobScript(JOB) })
    expect(() => execFileSync('bash', ['-n'], { input: `${jobScript(JOB)}if`, stdio: 'pipe' })).toThrow()
    const words = /^"\$\{reducible\[@\]\}" coordinator (.*) \\$/m.exec(jobScript(JOB))?.[1] ?? ''
    const read = execFileSync('bash', ['-c', `printf '%s\\n' ${words}`], { encoding: 'utf8' })
    expect(read).toBe(`${[JOB.studyFile, ...JOB.flags].join('\n')}\n`)
  })

  it('hands the token over in the environment alone, and lets a bad exit end the job', () => {
    const lines = jobScript(JOB).split('\n')
    expect(lines.filter((line) => /TOKEN|token/.test(line) && !line.startsWith('#'))).toEqual([
      expect.stringMatching(/^export REDUCIBLE_TOKEN=.*\/dev\/urandom/),
    ])
    expect(lines.filter((line) => /^\s*srun --kill-on-bad-exit=1 /.test(line))).toHaveLength(1)
  })
})
