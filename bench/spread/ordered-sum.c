// Ordered sums of f64 in C, for bench/spread.ts: ordered-sum COUNT REPEATS
// Prints one JSON document: the bits of both sums and the seconds of every repeat. The additions of a sum are one chain:
// without -ffast-math the compiler may not reorder them.
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Twin of src/core/mix.ts.
static uint32_t mix32(uint32_t h) {
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return h ^ (h >> 16);
}

__attribute__((noinline)) static double sequential_sum(const double *values, uint32_t count) {
  double sum = values[0];
  for (uint32_t i = 1; i < count; i++) sum += values[i];
  return sum;
}

__attribute__((noinline)) static double gathered_sum(const double *values, const uint32_t *order, uint32_t count) {
  double sum = values[order[0]];
  for (uint32_t i = 1; i < count; i++) sum += values[order[i]];
  return sum;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void print_bits(const char *name, double sum) {
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  printf("\"%s\":\"%016" PRIx64 "\",", name, bits);
}

static void print_samples(const char *name, const double *seconds, int repeats) {
  printf("\"%s\":[", name);
  for (int i = 0; i < repeats; i++) printf("%s%.9f", i ? "," : "", seconds[i]);
  printf("]");
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  uint32_t count = (uint32_t)strtoul(argv[1], NULL, 10);
  int repeats = atoi(argv[2]);
  double *values = malloc(count * sizeof *values);
  uint32_t *order = malloc(count * sizeof *order);
  double *sequential = malloc(repeats * sizeof *sequential);
  double *gathered = malloc(repeats * sizeof *gathered);
  if (count < 1 || repeats < 1 || !values || !order || !sequential || !gathered) return 70;
  for (uint32_t i = 0; i < count; i++) values[i] = (double)(int32_t)mix32(i + 1) / 1024.0 * (i % 3 == 0 ? 1e8 : 0.1);
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  for (uint32_t i = count - 1; i > 0; i--) {
    uint32_t j = mix32(i ^ 0x9e3779b9u) % (i + 1), kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  double sequential_result = 0, gathered_result = 0;
  for (int i = 0; i < repeats; i++) {
    double start = now();
    sequential_result = sequential_sum(values, count);
    double middle = now();
    gathered_result = gathered_sum(values, order, count);
    sequential[i] = middle - start;
    gathered[i] = now() - middle;
  }
  printf("{");
  print_bits("sequentialBits", sequential_result);
  print_bits("gatheredBits", gathered_result);
  printf("\"seconds\":{");
  print_samples("sequential", sequential, repeats);
  printf(",");
  print_samples("gathered", gathered, repeats);
  printf("}}\n");
  return 0;
}
