// Marks a loop to be compiled for wider vectors too; which is run is chosen when the addon is loaded. No instruction
// of either rounds otherwise, so that results are the same on every machine.
#pragma once
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif
