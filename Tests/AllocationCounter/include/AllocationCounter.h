#pragma once

#include <stdint.h>

/// How many times the calling thread has asked for memory since it began.
///
/// The program that links this has its own `malloc` and the like, which count and then do what
/// glibc's do; libgcrypt and the Swift runtime call them too.
uint64_t allocation_count_of_this_thread(void);

/// The bytes that the calling thread has asked for and not given back. What it gave to another thread,
/// or another thread to it, is not looked at.
int64_t allocated_bytes_of_this_thread(void);
