// Goal: the generated data is NumPy's, bit for bit. Left out: what is trained on it (test/gradient, test/end-to-end).
//
// The constants are of NumPy 2.4.6:
//
//   import hashlib, numpy as np
//   def linear(seed, rows, columns, noise):
//       g = np.random.default_rng(seed)
//       X, w, e = g.standard_normal((rows, columns)), g.standard_normal(columns), g.standard_normal(rows)
//       y = np.zeros(rows)
//       for j in range(columns): y = y + X[:, j] * w[j]   # from left to right, as BLAS need not do
//       return X, y + noise * e
//   for seed in (0, 7, 20260616):
//       X, y = linear(seed, 4096, 16, 0.1)
//       print(X[0, :3].tolist(), X[-1, -1], y[:3].tolist(), y[-1], hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest())
//   print([a.tolist() for a in linear(5, 3, 2, 0.25)])
import { expect, it } from 'vitest'
import { generateLinear, linearDigest } from '../../src/data/linear.ts'

it.each([
  {
    seed: 0,
    features: [0.1257302210933933, -0.1321048632913019, 0.6404226504432821],
    lastFeature: -0.10083078056729085,
    targets: [-0.6805025547884055, 2.293162577625868, -5.366953592235552],
    lastTarget: -0.632952135750415,
    digest: 'e3871f93955cf75d3e919b30104e71ec82737701addc9fa87fbc940cc7923311',
  },
  {
    seed: 7,
    features: [0.0012301533574825742, 0.2987455375084699, -0.2741378553622176],
    lastFeature: 2.317544347836275,
    targets: [0.7359979744356938, 9.447718386151164, -4.8962804210269315],
    lastTarget: -0.8479057158519039,
    digest: '95600fe49164b6abf9c20daa2cad9851702c4521679d6f16efbb56186cd0c1d3',
  },
  {
    seed: 20260616,
    features: [-0.22854196866189616, -0.3423131136711602, 0.70074448226166],
    lastFeature: -0.17891086640338533,
    targets: [0.1263280509847214, -9.14145356049745, -0.08795058002229968],
    lastTarget: -8.97900582374769,
    digest: '8b5e432fc3da8443f0fc71a3aef061400a4e36a21a88473a659084e86b8e7f2b',
  },
])("section 41.8's data of seed $seed is NumPy's: the first values, the last, and the digest of all", (numpy) => {
  const data = generateLinear({ rows: 4096, columns: 16, noise: 0.1, seed: numpy.seed })
  expect([data.rowCount, data.columns, data.features.length, data.targets.length]).toEqual([4096, 16, 65_536, 4096])
  expect([...data.features.subarray(0, 3)]).toEqual(numpy.features)
  expect(data.features.at(-1)).toBe(numpy.lastFeature)
  expect([...data.targets.subarray(0, 3)]).toEqual(numpy.targets)
  expect(data.targets.at(-1)).toBe(numpy.lastTarget)
  expect(linearDigest(data)).toBe(numpy.digest)
})

it('other sizes and noise are drawn in the same order', () => {
  const { features, targets } = generateLinear({ rows: 3, columns: 2, noise: 0.25, seed: 5 })
  expect([...features]).toEqual([
    -0.8019314252534474, -1.324358995628145, -0.24836162209524854, 0.4204452380655215, 1.1360465324896427,
    0.10970639932180819,
  ])
  expect([...targets]).toEqual([1.6697026192962148, 0.21599498238274617, -0.6457363052670084])
})

it('the digest sees one bit of one value', () => {
  const data = generateLinear({ rows: 3, columns: 2, noise: 0.25, seed: 5 })
  const before = linearDigest(data)
  expect(linearDigest(generateLinear({ rows: 3, columns: 2, noise: 0.25, seed: 5 }))).toBe(before)
  new BigUint64Array(data.targets.buffer)[2] ^= 1n
  expect(linearDigest(data)).not.toBe(before)
})
