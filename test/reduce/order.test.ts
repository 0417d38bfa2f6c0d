// Goal: the text of an order is the same for every way of writing one association, and another for every other.
// Left out: where orders come from (schedules.test.ts, witness.test.ts).
import { describe, expect, it } from 'vitest'
import {
  joinOrders,
  orderCertificate,
  type ParsedOrder,
  packOrders,
  parseOrder,
  unpackOrders,
} from '../../src/reduce/order.ts'
import { textOf } from './stated-orders.ts'

describe('a joined order', () => {
  it.each([
    ['0', '1', '(0 1)'],
    ['1', '0', '(0 1)'],
    ['2', '10', '(2 10)'],
    ['10', '2', '(2 10)'],
    ['(0 1)', '2', '((0 1) 2)'],
    ['2', '(0 1)', '((0 1) 2)'],
    ['0', '(1 2)', '(0 (1 2))'],
    ['(3 (4 5))', '((0 2) 1)', '(((0 2) 1) (3 (4 5)))'],
    ['(10 11)', '9', '(9 (10 11))'],
  ])('of %s and %s is %s: siblings stand by their smallest rank', (a, b, want) => {
    expect(joinOrders(a, b)).toBe(want)
  })

  it('of one rank twice, which only a wrong schedule makes, still has one text', () => {
    expect(joinOrders('0', '0')).toBe('(0 0)')
    expect(joinOrders('(0 1)', '(0 2)')).toBe(joinOrders('(0 2)', '(0 1)'))
  })

  it('is what another writer makes of it, for every association of five ranks in every order', () => {
    const texts = new Set<string>()
    const build = (parts: readonly { order: ParsedOrder; text: string }[]): void => {
      if (parts.length === 1) {
        expect(parts[0].text).toBe(textOf(parts[0].order))
        texts.add(parts[0].text)
        return
      }
      for (const [i, a] of parts.entries()) {
        for (const [j, b] of parts.entries()) {
          if (i === j) continue
          const rest = parts.filter((_, k) => k !== i && k !== j)
          build([...rest, { order: [a.order, b.order], text: joinOrders(a.text, b.text) }])
        }
      }
    }
    build(Array.from({ length: 5 }, (_, rank) => ({ order: rank, text: String(rank) })))
    expect(texts.size).toBe(7 * 5 * 3) // (2n − 3)!! unordered binary trees over n labelled leaves
  })
})

describe('packed orders', () => {
  it.each([
    [['0'], '0'],
    [['(0 1)', '(0 1)', '(0 1)'], '(0 1)*3'],
    [['0', '1', '1', '0'], '0;1*2;0'],
    [['((0 1) 2)', '(0 (1 2))', '(0 (1 2))'], '((0 1) 2);(0 (1 2))*2'],
    [Array.from({ length: 1000 }, () => '(12 13)'), '(12 13)*1000'],
  ])('%j are %s, and come back', (trees, text) => {
    expect(packOrders(trees)).toBe(text)
    expect(unpackOrders(text)).toEqual(trees)
  })
})

describe('a parsed order', () => {
  it.each<[string, ParsedOrder]>([
    ['0', 0],
    ['1023', 1023],
    ['(0 1)', [0, 1]],
    [
      '((0 12) (3 4))',
      [
        [0, 12],
        [3, 4],
      ],
    ],
    ['(((0 1) 2) 3)', [[[0, 1], 2], 3]],
  ])('%s is as it is nested', (text, want) => {
    expect(parseOrder(text)).toEqual(want)
    expect(textOf(parseOrder(text))).toBe(text)
  })

  it.each([
    ['', 'want a rank at 0'],
    ['x', 'want a rank at 0'],
    ['()', 'want a rank at 1'],
    ['(0', "want ' ' at 2"],
    ['(0,1)', "want ' ' at 2"],
    ['(0 1', "want ')' at 4"],
    ['(0  1)', 'want a rank at 3'],
    ['(0 1 2)', "want ')' at 4"],
    ['(0 1) ', 'it goes on at 5'],
    ['0 1', 'it goes on at 1'],
    ['(0 1)*3', 'it goes on at 5'],
    ['-1', 'want a rank at 0'],
  ])("'%s' is none, and says where", (text, problem) => {
    expect(() => parseOrder(text)).toThrow(new SyntaxError(`'${text}' is not an order: ${problem}`))
  })
})

describe('a certificate', () => {
  const sum = (...operands: [string, string, string]): string =>
    orderCertificate(packOrders([joinOrders(joinOrders(operands[0], operands[1]), operands[2])]))

  it('is the same for a sum that is only commuted', () => {
    expect(sum('1', '0', '2')).toBe(sum('0', '1', '2'))
    expect(orderCertificate(joinOrders('2', joinOrders('1', '0')))).toBe(sum('0', '1', '2'))
  })

  it('is another for a sum that is associated otherwise', () => {
    const certificates = [sum('0', '1', '2'), sum('1', '2', '0'), sum('0', '2', '1')]
    expect(new Set(certificates).size).toBe(3)
  })

  it('is another for the same trees over other chunks', () => {
    const packed = [
      ['0', '1', '1'],
      ['0', '0', '1'],
      ['0', '1'],
      ['1', '0', '0'],
    ].map(packOrders)
    expect(new Set(packed.map(orderCertificate)).size).toBe(4)
  })

  it('is the SHA-256 of the packed text, as sha256sum prints it', () => {
    expect(orderCertificate('(0 1)')).toBe('8501b6d56e4bb16145a985f9072d6930b57ad2f3fed752cc35be80ebaa169047')
  })
})
