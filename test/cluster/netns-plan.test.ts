// Goal: the network of a run of namespaces is laid out right before anything is made: addresses that differ and are on one
// net, and a bucket that lets a rate be reached and be measured. Left out: the kernel's answer (test/system/netns.system.test.ts).
import { expect, it } from 'vitest'
import {
  BRIDGE_UP,
  bridgeDown,
  COORDINATOR_ADDRESS,
  cableUp,
  nodeAddress,
  nodeUp,
  planShaping,
} from '../../cluster/launch/netns/plan.ts'

const megabits = (count: number): number => (count * 1e6) / 8

it('every node of the largest study has an address of its own on the net of the bridge, and none is the coordinator’s', () => {
  const addresses = Array.from({ length: 1024 }, (_, node) => nodeAddress(node))
  expect(addresses.slice(0, 4)).toEqual(['10.77.0.1', '10.77.0.2', '10.77.0.3', '10.77.0.4'])
  expect(addresses[255]).toBe('10.77.1.0')
  expect(new Set([...addresses, COORDINATOR_ADDRESS]).size).toBe(1025)
  expect(BRIDGE_UP).toContain(`address add ${COORDINATOR_ADDRESS}/16 dev br0`)
})

it('a cable is made from the bridge into the namespace of a process, and goes with the bridge', () => {
  expect(cableUp(3, 4711)).toEqual([
    'link add node3 type veth peer name eth0 netns 4711',
    'link set node3 master br0 up',
  ])
  expect(nodeUp(3)).toEqual([
    'link set lo up',
    'address add 10.77.0.4/16 dev eth0 noprefixroute',
    'link set eth0 up',
    'route add 10.77.0.0/16 dev eth0 src 10.77.0.4 congctl reno',
  ])
  expect(bridgeDown(2)).toEqual(['link delete node0', 'link delete node1', 'link delete br0'])
})

it('nothing stated is nothing shaped', () => {
  const { fromNode, toNode, text, measuringBytes } = planShaping({})
  expect([fromNode, toNode(0), text, measuringBytes]).toEqual([[], [], 'none', undefined])
})

it('a rate holds in both directions of a cable', () => {
  const { fromNode, toNode, text } = planShaping({ bandwidthBytesPerSecond: megabits(100) })
  expect(text).toBe('tbf rate 100000000bit burst 62500b limit 1048576b')
  expect(fromNode).toEqual([`qdisc add dev eth0 root handle 1: ${text}`])
  expect(toNode(2)).toEqual([`qdisc add dev node2 root ${text}`])
})

it.each([
  [5, 4096],
  [10, 6250],
  [100, 62_500],
  [1000, 625_000],
  [10_000, 6_250_000],
])('at %i Mbit/s the burst is %i bytes: 5 ms of the rate, and never less than two frames', (rate, burst) => {
  const { text, measuringBytes } = planShaping({ bandwidthBytesPerSecond: megabits(rate) })
  expect(text).toContain(` burst ${burst}b `)
  // A bucket full of tokens hides a twentieth of the payload's time.
  expect(measuringBytes).toBe(20 * burst)
})

it('a latency is added where packets leave a node, inside its bucket, and lengthens the payload that is measured', () => {
  const netem = 'netem delay 1500us limit 100000'
  const alone = planShaping({ latencyNs: 1_500_000 })
  expect(alone.fromNode).toEqual([`qdisc add dev eth0 root ${netem}`])
  expect([alone.toNode(0), alone.measuringBytes]).toEqual([[], undefined])
  const both = planShaping({ bandwidthBytesPerSecond: megabits(100), latencyNs: 1_500_000 })
  expect(both.fromNode[1]).toBe(`qdisc add dev eth0 parent 1:1 ${netem}`)
  expect(both.toNode(0)).toHaveLength(1)
  expect(both.measuringBytes).toBe(20 * (62_500 + 18_750))
})
