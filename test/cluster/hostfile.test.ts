// Goal: a hostfile means what mpirun means by it, and a line that means nothing is refused with its number. Left out: ssh.
import { describe, expect, it } from 'vitest'
import { nameOfHost, parseHostfile, placeRanks } from '../../cluster/launch/ssh/hostfile.ts'

const parse = (...lines: string[]): [string, number][] =>
  parseHostfile(lines.join('\n'), 'hosts').map(({ target, slots }) => [target, slots])

describe('a hostfile', () => {
  it('names hosts with their slots, one where it does not say', () => {
    expect(
      parse('# ours', 'a slots=2', '', '  b   # spare', 'alice@c.example.com slots = 4 max_slots=8', 'd max-slots=2\r'),
    ).toEqual([
      ['a', 2],
      ['b', 1],
      ['alice@c.example.com', 4],
      ['d', 1],
    ])
  })

  it('adds the slots of a host that comes again, at its first place', () => {
    expect(parse('a', 'b slots=2', 'a', 'a slots=3')).toEqual([
      ['a', 5],
      ['b', 2],
    ])
  })

  it('takes addresses', () => {
    expect(parse('10.0.0.1', 'fd00::2 slots=2')).toEqual([
      ['10.0.0.1', 1],
      ['fd00::2', 2],
    ])
  })

  it.each([
    ['a slots=0', "hosts:2: slots must be a whole number from 1 on (got '0')"],
    ['a slots=two', "slots must be a whole number from 1 on (got 'two')"],
    ['a slots', "'slots' is no setting like slots=2"],
    ['a slot=2', "'slot' is unknown; known are slots and max_slots"],
    ['a slots=1 slots=2', 'slots is given twice'],
    ['a slots=4 max_slots=2', 'a has 4 slots, above its max_slots=2'],
    ['first slots=2 max_slots=2', 'first has 3 slots, above its max_slots=2'],
    ['-oProxyCommand=x', "'-oProxyCommand=x' is no name of a host"],
    ['a;reboot', "'a;reboot' is no name of a host"],
  ])('%s is refused with its line', (line, said) => {
    expect(() => parse('first', line)).toThrow(said)
    expect(() => parse('first', line)).toThrow('hosts:2: ')
  })
})

describe('ranks', () => {
  const hosts = parseHostfile('a slots=2\nb slots=2\nc', 'hosts')

  it('fill a host before the next one gets any', () => {
    expect(placeRanks(hosts, 3, 'hosts')).toEqual([
      { target: 'a', ranks: [0, 1] },
      { target: 'b', ranks: [2] },
    ])
    expect(placeRanks(hosts, 5, 'hosts').map(({ ranks }) => ranks)).toEqual([[0, 1], [2, 3], [4]])
  })

  it('above the slots are refused', () => {
    expect(() => placeRanks(hosts, 6, 'hosts')).toThrow('the study has an arm of 6 nodes, and hosts has 5 slots')
    expect(() => placeRanks([], 1, 'hosts')).toThrow('hosts has 0 slots')
  })

  it('are told by the host without its user', () => {
    expect(['alice@a', 'a'].map(nameOfHost)).toEqual(['a', 'a'])
  })
})
