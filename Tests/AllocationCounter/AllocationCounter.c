#include "include/AllocationCounter.h"

#include <errno.h>
#include <malloc.h>
#include <stddef.h>

// What glibc's own functions are called where a program replaces them.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Thread_local uint64_t count;

uint64_t allocation_count_of_this_thread(void) { return count; }

#ifndef ALLOCATIONS_ALONE

static _Thread_local int64_t bytes;

int64_t allocated_bytes_of_this_thread(void) { return bytes; }

/// What a piece of memory takes: its usable bytes, and the word before them.
static int64_t size_of(void *memory) {
  return memory ? (int64_t)malloc_usable_size(memory) + (int64_t)sizeof(size_t) : 0;
}

static void add(int64_t more) { bytes += more; }

void free(void *memory) {
  add(-size_of(memory));
  __libc_free(memory);
}

#else

// Who measures time includes this file so, and has the calls counted alone.
static int64_t size_of(void *memory) {
  (void)memory;
  return 0;
}

static void add(int64_t more) { (void)more; }

#endif

static void *counted(void *memory) {
  count++;
  add(size_of(memory));
  return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }

void *calloc(size_t number, size_t size) { return counted(__libc_calloc(number, size)); }

void *realloc(void *memory, size_t size) {
  int64_t before = size_of(memory);
  void *moved = __libc_realloc(memory, size);
  count++;
  // What cannot be made larger stays as it is.
  if (moved || size == 0) add(size_of(moved) - before);
  return moved;
}

void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
