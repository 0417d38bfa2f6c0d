// All-reduce of f32 among threads: the peer that the `shared` transport is measured against. Same memory model: a thread
// owns a vector, reads the others' and writes its own alone. Same method: inputs restored and a barrier passed before each
// iteration, outside the timed region; a sample is the maximum over threads.
//
//   cc -O3 -march=native -pthread bench/peers/pthreads-allreduce.c -o /tmp/pthreads-allreduce
//   /tmp/pthreads-allreduce THREADS BYTES WARMUP ITERATIONS
//
// Variants: `ring` adds one neighbour's chunk a round, with a barrier after each of 2(P−1) rounds; `direct` adds the
// chunk of every other thread, rank by rank, then copies every other thread's; `direct-blocked` does so in blocks of
// 16 KiB that stay in the L1 cache while they are added.
// Prints one JSON document: every sample in seconds by variant, and the elements that differ from the exact sum.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { VARIANTS = 3, BLOCK = 4096 };
static const char *const names[VARIANTS] = {"ring", "direct", "direct-blocked"};

static int threads;
static size_t elements;
static int warmup, iterations;
static float **vectors, **inputs;
static double *samples; // [variant][iteration][thread]
static _Atomic long wrong;

// Sense-reversing barrier: looks for some 20 µs where every thread has a core, then sleeps, as ours does.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static _Atomic int arrived, generation;
static int spins;

// A core that looks again and again should not slow down the other thread of the same core.
static inline void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void barrier(void) {
  int seen = atomic_load(&generation);
  if (atomic_fetch_add(&arrived, 1) == threads - 1) {
    atomic_store(&arrived, 0);
    pthread_mutex_lock(&lock);
    atomic_fetch_add(&generation, 1);
    pthread_cond_broadcast(&all_here);
    pthread_mutex_unlock(&lock);
    return;
  }
  for (int i = 0; i < spins; i++) {
    if (atomic_load(&generation) != seen) return;
    relax();
  }
  pthread_mutex_lock(&lock);
  while (atomic_load(&generation) == seen) pthread_cond_wait(&all_here, &lock);
  pthread_mutex_unlock(&lock);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static size_t begin(int chunk) { return elements * (size_t)chunk / (size_t)threads; }

// A plain loop, which -O3 turns into vector instructions of the machine that compiles it.
static void add(float *restrict to, const float *restrict from, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}

static void ring(int rank) {
  int left = (rank + threads - 1) % threads;
  for (int round = 0; round < 2 * (threads - 1); round++) {
    // Scattering, a thread takes in chunk rank − 1, rank − 2, …; gathering, chunk rank, rank − 1, …, from its left.
    int chunk = round < threads - 1 ? rank - 1 - round : rank - (round - (threads - 1));
    chunk = (chunk + 2 * threads) % threads;
    size_t at = begin(chunk), count = begin(chunk + 1) - at;
    if (round < threads - 1) add(vectors[rank] + at, vectors[left] + at, count);
    else memcpy(vectors[rank] + at, vectors[left] + at, 4 * count);
    barrier();
  }
}

static void direct(int rank, size_t block) {
  size_t end = begin(rank + 1);
  for (size_t at = begin(rank); at < end; at += block) {
    size_t count = end - at < block ? end - at : block;
    for (int step = 1; step < threads; step++) add(vectors[rank] + at, vectors[(rank + step) % threads] + at, count);
  }
  barrier();
  for (int step = 1; step < threads; step++) {
    int other = (rank + step) % threads;
    memcpy(vectors[rank] + begin(other), vectors[other] + begin(other), 4 * (begin(other + 1) - begin(other)));
  }
  barrier();
}

static void *run(void *argument) {
  int rank = (int)(intptr_t)argument;
  for (int variant = 0; variant < VARIANTS; variant++) {
    for (int i = -warmup; i < iterations; i++) {
      memcpy(vectors[rank], inputs[rank], 4 * elements);
      barrier();
      double start = now();
      if (variant == 0) ring(rank);
      else direct(rank, variant == 1 ? elements + 1 : BLOCK);
      double end = now();
      if (i < 0) continue;
      samples[(variant * iterations + i) * threads + rank] = end - start;
      long bad = 0;
      // Inputs are small integers, so every order gives the exact sum.
      for (size_t e = 0; e < elements; e++) {
        float want = 0;
        for (int r = 0; r < threads; r++) want += inputs[r][e];
        bad += vectors[rank][e] != want;
      }
      atomic_fetch_add(&wrong, bad);
      barrier();
    }
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: %s THREADS BYTES WARMUP ITERATIONS\n", argv[0]);
    return 64;
  }
  threads = atoi(argv[1]);
  elements = strtoull(argv[2], NULL, 10) / 4;
  warmup = atoi(argv[3]);
  iterations = atoi(argv[4]);
  if (threads < 1 || warmup < 0 || iterations < 1) return 64;
  spins = threads <= (int)sysconf(_SC_NPROCESSORS_ONLN) ? 1000 : 0;
  vectors = calloc(threads, sizeof *vectors);
  inputs = calloc(threads, sizeof *inputs);
  samples = calloc((size_t)VARIANTS * iterations * threads, sizeof *samples);
  for (int r = 0; r < threads; r++) {
    vectors[r] = aligned_alloc(4096, (4 * elements + 4095) / 4096 * 4096);
    inputs[r] = aligned_alloc(4096, (4 * elements + 4095) / 4096 * 4096);
    for (size_t e = 0; e < elements; e++) inputs[r][e] = (float)((e * 31 + (size_t)r * 17) % 1021) - 510;
  }
  pthread_t *handles = calloc(threads, sizeof *handles);
  for (int r = 0; r < threads; r++) pthread_create(&handles[r], NULL, run, (void *)(intptr_t)r);
  for (int r = 0; r < threads; r++) pthread_join(handles[r], NULL);
  printf("{\"peer\":\"pthreads\",\"threads\":%d,\"bytes\":%zu,\"wrong\":%ld,\"seconds\":{", threads, 4 * elements, wrong);
  for (int variant = 0; variant < VARIANTS; variant++) {
    printf("%s\"%s\":[", variant ? "," : "", names[variant]);
    for (int i = 0; i < iterations; i++) {
      double slowest = 0;
      for (int r = 0; r < threads; r++) {
        double sample = samples[(variant * iterations + i) * threads + r];
        if (sample > slowest) slowest = sample;
      }
      printf("%s%.9f", i ? "," : "", slowest);
    }
    printf("]");
  }
  printf("}}\n");
  return wrong != 0;
}
