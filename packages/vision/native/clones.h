// Compiles a function for wider vectors too. The version to run is selected when the addon is loaded. Both versions
// round in the same way, so results are the same on every machine.
#pragma once
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif
