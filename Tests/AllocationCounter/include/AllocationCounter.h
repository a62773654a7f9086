#pragma once

#include <stdint.h>

/// How many times the calling thread has asked for memory since it began.
///
/// The program that links this has its own `malloc` and the like, which count and then do what
/// glibc's do; libgcrypt and the Swift runtime call them too.
uint64_t allocation_count_of_this_thread(void);
