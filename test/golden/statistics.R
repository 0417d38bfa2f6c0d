# Writes statistics-r.json: what R says of the samples of statistics.json. Run here: Rscript statistics.R
# Packages boot and jsonlite (Debian: r-base-core r-cran-boot r-cran-jsonlite).
library(boot)
library(jsonlite)

golden <- fromJSON("statistics.json")
samples <- golden$samples
long <- golden$long

bca <- function(x) {
  set.seed(41)
  boot.ci(boot(x, function(values, at) mean(values[at]), R = 99999), type = "bca")$bca[4:5]
}

# The noncentrality at which a two-sided t test at 5 % has a power of 80 %.
noncentrality <- function(degrees) {
  t <- qt(0.975, degrees)
  power <- function(shift) pt(t, degrees, shift, lower.tail = FALSE) + pt(-t, degrees, shift)
  uniroot(function(shift) power(shift) - 0.8, c(0.5, 20), tol = 1e-13)$root
}

degrees <- c(1, 2, 3, 4, 9, 18, 58)
welch <- t.test(samples$b, samples$a)

writeLines(toJSON(list(
  "made by" = paste(R.version.string, "boot", packageVersion("boot")),
  t = t.test(samples$lognormal)$conf.int[1:2],
  welch = list(p = welch$p.value, df = unname(welch$parameter), interval = welch$conf.int[1:2]),
  bca = list(lognormal = bca(samples$lognormal), normal = bca(samples$normal)),
  mann_whitney = list(
    "a lognormal" = wilcox.test(samples$a, samples$lognormal[1:9], exact = TRUE)$p.value,
    long = wilcox.test(long[[1]], long[[2]], exact = FALSE, correct = TRUE)$p.value
  ),
  wilcoxon = list(
    normal = wilcox.test(samples$normal - 9.5, exact = TRUE)$p.value,
    tripled = wilcox.test(rep(samples$normal - 9.5, 3), exact = FALSE, correct = TRUE)$p.value
  ),
  median = list(ranks = qbinom(0.025, 2000, 0.5), coverage = 1 - 2 * pbinom(qbinom(0.025, 2000, 0.5) - 1, 2000, 0.5)),
  holm = p.adjust(c(0.01, 0.04, 0.02, 0.03, 0.9), "holm"),
  noncentrality = setNames(lapply(degrees, noncentrality), degrees)
), auto_unbox = TRUE, digits = 15, pretty = 1), "statistics-r.json")
