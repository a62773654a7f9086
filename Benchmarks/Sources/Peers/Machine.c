// What the machine says of this program: time, memory, names.

#include "Peers.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t machine_cpu_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t machine_clock_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

size_t machine_heap(void) {
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// What a line of /proc/cpuinfo says of this name, if it is about it.
static const char *value_of(char *line, const char *name) {
  size_t length = strlen(name);
  if (strncmp(line, name, length) != 0 || (line[length] != '\t' && line[length] != ':')) return NULL;
  const char *value = strstr(line, ": ");
  line[strcspn(line, "\n")] = 0;
  return value ? value + 2 : NULL;
}

void machine_processor(char *name, size_t room) {
  // Virtual machines hide the model's name, and seldom its number.
  char line[256], model_name[128] = "unknown", family[16] = "?", model[16] = "?";
  FILE *file = fopen("/proc/cpuinfo", "r");
  while (file && fgets(line, sizeof line, file) && line[0] != '\n') {
    const char *value;
    if ((value = value_of(line, "model name")))
      snprintf(model_name, sizeof model_name, "%s", value);
    else if ((value = value_of(line, "cpu family")))
      snprintf(family, sizeof family, "%s", value);
    else if ((value = value_of(line, "model")))
      snprintf(model, sizeof model, "%s", value);
  }
  if (file) fclose(file);
  snprintf(name, room, "%s (family %s, model %s)", model_name, family, model);
}

int machine_processor_count(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }

bool machine_write_file(const char *path, const uint8_t *bytes, size_t count) {
  FILE *file = fopen(path, "w");
  if (!file) return false;
  bool written = fwrite(bytes, 1, count, file) == count;
  return fclose(file) == 0 && written;
}

// MARK: Allocations, counted

// What glibc's own functions are called where a program replaces them.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local uint64_t count;

uint64_t machine_allocations(void) { return count; }

void *malloc(size_t size) {
  count++;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count++;
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  count++;
  return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
  count++;
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
