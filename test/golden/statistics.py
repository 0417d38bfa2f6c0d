"""Writes statistics.json: what SciPy and exhaustive enumeration say of small samples. Run: python3 statistics.py > statistics.json"""
import itertools, json
import numpy as np
import scipy
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower

rng = np.random.default_rng(41)
samples = {
    "a": [4.1, 3.9, 4.4, 4.0, 4.7, 3.8, 4.2],
    "b": [4.6, 4.9, 4.3, 5.1, 4.8],
    "ties_a": [1, 2, 2, 3, 3, 3, 4],
    "ties_b": [2, 3, 4, 4, 5, 5],
    "lognormal": [round(float(x), 6) for x in rng.lognormal(0, 0.5, 40)],
    "normal": [round(float(x), 6) for x in rng.normal(10, 2, 30)],
    "differences": [0.5, -0.2, 0.9, 0, 1.1, 0.4, -0.1, 0.7, 0.2, 0],
    "ties_differences": [1, 1, -1, 2, 2, 3, -2, 4, 1],
}
long_a = [round(float(x), 1) for x in rng.normal(0, 1, 40)]
long_b = [round(float(x), 1) for x in rng.normal(0.4, 1, 35)]


def t_interval(x):
    return list(stats.t.interval(0.95, len(x) - 1, np.mean(x), stats.sem(x)))


def welch(a, b):
    r = stats.ttest_ind(b, a, equal_var=False)
    ci = r.confidence_interval(0.95)
    return {"p": r.pvalue, "df": r.df, "interval": [ci.low, ci.high]}


def enumerated_mann_whitney(a, b):
    ranks = stats.rankdata(a + b)
    n, centre = len(a), len(a) * (len(a) + len(b) + 1) / 2
    seen = abs(sum(ranks[:n]) - centre)
    sums = [sum(ranks[list(c)]) for c in itertools.combinations(range(len(ranks)), n)]
    return sum(abs(s - centre) >= seen - 1e-9 for s in sums) / len(sums)


def enumerated_wilcoxon(d):
    d = [x for x in d if x != 0]
    ranks = stats.rankdata(np.abs(d))
    centre = sum(ranks) / 2
    seen = abs(sum(r for r, x in zip(ranks, d) if x > 0) - centre)
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product([0, 1], repeat=len(d))]
    return sum(abs(s - centre) >= seen - 1e-9 for s in sums) / len(sums)


def fieller(x, y):
    """The set {r: |mean(x) - r mean(y)| <= t se(r)} by bisection, at the degrees of freedom of the estimate."""
    mx, my, vx, vy = np.mean(x), np.mean(y), np.var(x, ddof=1) / len(x), np.var(y, ddof=1) / len(y)
    r = mx / my
    df = (vx + r * r * vy) ** 2 / (vx**2 / (len(x) - 1) + (r * r * vy) ** 2 / (len(y) - 1))
    t = stats.t.ppf(0.975, df)
    f = lambda q: abs(mx - q * my) - t * np.sqrt(vx + q * q * vy)
    from scipy.optimize import brentq
    return [brentq(f, r - 1, r, xtol=1e-14), brentq(f, r, r + 1, xtol=1e-14)]


def bca(x):
    r = stats.bootstrap((np.array(x),), np.mean, n_resamples=200_000, method="BCa", rng=np.random.default_rng(1))
    return [r.confidence_interval.low, r.confidence_interval.high]


def tost(a, b, margin):
    """Two shifted one-sided tests of SciPy's own."""
    below = stats.ttest_ind(np.array(b) - margin, a, equal_var=False, alternative="less").pvalue
    above = stats.ttest_ind(np.array(b) + margin, a, equal_var=False, alternative="greater").pvalue
    return max(below, above)


def prediction(x, m):
    half = stats.t.ppf(0.975, len(x) - 1) * np.std(x, ddof=1) * np.sqrt(1 / m + 1 / len(x))
    return [np.mean(x) - half, np.mean(x) + half]


def icc(groups):
    """From SciPy's F of the one-way analysis: ICC = (F - 1) / (F - 1 + k) for groups of equal size k."""
    f, k = stats.f_oneway(*groups).statistic, len(groups[0])
    return {"groups": groups, "icc": (f - 1) / (f - 1 + k)}


def detectable(n, m):
    return TTestIndPower().solve_power(effect_size=None, nobs1=n, ratio=m / n, alpha=0.05, power=0.8)


def p_of_order_statistics(n):
    l = max(k for k in range(n) if k == 0 or stats.binom.cdf(k - 1, n, 0.5) <= 0.025)
    return [l, 1 - 2 * stats.binom.cdf(l - 1, n, 0.5)] if l else None


print(json.dumps({
    "made by": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "samples": samples,
    "long": [long_a, long_b],
    "t": {name: t_interval(samples[name]) for name in ["a", "lognormal"]},
    "welch": welch(samples["a"], samples["b"]),
    "tost": tost(samples["a"], samples["b"], 1.5),
    "mann_whitney": {
        "a b": enumerated_mann_whitney(samples["a"], samples["b"]),
        "ties": enumerated_mann_whitney(samples["ties_a"], samples["ties_b"]),
        "long": stats.mannwhitneyu(long_a, long_b, method="asymptotic", use_continuity=True).pvalue,
    },
    "wilcoxon": {name: enumerated_wilcoxon(samples[name]) for name in ["differences", "ties_differences"]},
    "fieller": fieller(samples["a"], samples["b"]),
    "bca": {name: bca(samples[name]) for name in ["lognormal", "normal"]},
    "detectable": {f"{n} {m}": detectable(n, m) for n, m in [(3, 3), (5, 5), (10, 10), (10, 3), (30, 30)]},
    "median ranks": {str(n): p_of_order_statistics(n) for n in [3, 5, 6, 10, 12, 30, 100]},
    "holm": list(multipletests([0.01, 0.04, 0.02, 0.03, 0.9], method="holm")[1]),
    "prediction": prediction(samples["normal"], 4),
    "icc": icc([[1.0, 1.4, 1.2], [2.1, 2.6, 2.2], [0.7, 0.4, 0.9], [1.8, 1.9, 2.4]]),
    "cliff": np.mean([np.sign(y - x) for x in samples["ties_a"] for y in samples["ties_b"]]),
}, indent=1, default=float))
