#pragma once

// OpenSSL, to be measured beside: what it does for somebody who asks for the roots of the machine.

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

/// Loads the default paths into a new store: the bundle at once, and of the hashed directory nothing
/// until somebody asks for a name.
///
/// Returns how many certificates are in the store then, or -1.
static inline int copenssl_load_default_paths(void) {
  X509_STORE *store = X509_STORE_new();
  if (!store) return -1;
  int count = -1;
  if (X509_STORE_set_default_paths(store) == 1)
    count = sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
  X509_STORE_free(store);
  return count;
}
