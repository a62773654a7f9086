#pragma once

// Swift does not import variadic C functions. These are the few of libgcrypt's that the engine
// needs, each in the one form in which it needs it.

#include <gcrypt.h>
#include <malloc.h>
#include <string.h>

/// Tells libgcrypt that the program has initialised it.
static inline gcry_error_t cgcrypt_finish_initialization(void) {
  return gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
}

/// Whether the program, or another library in it, has initialised libgcrypt.
static inline int cgcrypt_is_initialized(void) {
  return gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P) != 0;
}

/// Whether anything at all has been done with libgcrypt, a version check perhaps.
static inline int cgcrypt_is_touched(void) {
  return gcry_control(GCRYCTL_ANY_INITIALIZATION_P) != 0;
}

/// Whether libgcrypt keeps to FIPS 140, which forbids it what TLS needs.
static inline int cgcrypt_is_in_fips_mode(void) { return gcry_fips_mode_active() != 0; }

/// Takes randomness from the kernel, where it comes from anyway, and not from a pool of libgcrypt's.
/// Heeded before anything else is done with libgcrypt.
static inline void cgcrypt_prefer_system_randomness(void) {
  gcry_control(GCRYCTL_SET_PREFERRED_RNG_TYPE, GCRY_RNG_TYPE_SYSTEM);
}

/// Whether randomness comes from the kernel.
static inline int cgcrypt_has_system_randomness(void) {
  int type = 0;
  gcry_control(GCRYCTL_GET_CURRENT_RNG_TYPE, &type);
  return type == GCRY_RNG_TYPE_SYSTEM;
}

/// Leaves out the pool of locked memory: 32 KiB that many connections would exhaust.
static inline gcry_error_t cgcrypt_disable_secure_memory(void) {
  return gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
}

static inline void cgcrypt_wiping_free(void *memory) {
  if (memory) {
    explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
  }
}

static inline void *cgcrypt_wiping_realloc(void *memory, size_t count) {
  if (!memory) return malloc(count);
  size_t held = malloc_usable_size(memory);
  if (count <= held) return memory;
  void *larger = malloc(count);
  if (!larger) return NULL;
  memcpy(larger, memory, held);
  cgcrypt_wiping_free(memory);
  return larger;
}

/// Lets libgcrypt wipe whatever it frees: its own copies of keys among it.
static inline void cgcrypt_wipe_what_is_freed(void) {
  gcry_set_allocation_handler(malloc, NULL, NULL, cgcrypt_wiping_realloc, cgcrypt_wiping_free);
}

/// The same number, of which the compiler no longer knows anything: it can't put a branch on a secret
/// where arithmetic was written.
static inline unsigned long cgcrypt_opaque(unsigned long value) {
  __asm__("" : "+r"(value));
  return value;
}

/// Lets the processor rest for a moment, in a loop that waits for another thread.
static inline void cgcrypt_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ volatile("yield");
#endif
}
