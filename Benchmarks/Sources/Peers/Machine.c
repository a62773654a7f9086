// What the machine says of this program: time, memory, names.

#include "Peers.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
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

void machine_warn(const char *text) { fprintf(stderr, "%s\n", text); }

void machine_forget_roots(void) {
  unsetenv("SSL_CERT_FILE");
  unsetenv("SSL_CERT_DIR");
}

bool machine_write_file(const char *path, const uint8_t *bytes, size_t count) {
  FILE *file = fopen(path, "w");
  if (!file) return false;
  bool written = fwrite(bytes, 1, count, file) == count;
  return fclose(file) == 0 && written;
}

// MARK: Allocations, counted

// As the tests count them, with the same file: it is in a package that has no product for it. The bytes
// are left to them: to count those too would cost time, and time is measured here.
#define ALLOCATIONS_ALONE
#include "../../../Tests/AllocationCounter/AllocationCounter.c"

uint64_t machine_allocations(void) { return allocation_count_of_this_thread(); }
