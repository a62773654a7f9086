// OpenSSL, reading and judging certificates.

#include "Library.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  PeerChain base;
  X509_STORE *store;
  /// The leaf, for checks of names.
  X509 *parsed;
} Chain;

static X509 *read_der(PeerDER der) {
  const uint8_t *bytes = der.bytes;
  return d2i_X509(NULL, &bytes, (long)der.length);
}

static void chain_free(PeerChain *base) {
  Chain *chain = (Chain *)base;
  X509_STORE_free(chain->store);
  X509_free(chain->parsed);
  free(chain);
}

static PeerChain *make(PeerDER leaf, PeerDER authority, PeerDER root) {
  (void)authority;
  Chain *chain = calloc(1, sizeof *chain);
  if (!chain) return NULL;
  chain->store = X509_STORE_new();
  chain->parsed = read_der(leaf);
  X509 *anchor = read_der(root);
  bool done = chain->store && chain->parsed && anchor &&
              X509_STORE_add_cert(chain->store, anchor) == 1;
  X509_free(anchor);
  if (done) return &chain->base;
  chain_free(&chain->base);
  return NULL;
}

static bool judge(PeerChain *chain) {
  X509 *leaf = read_der(chain->leaf), *authority = read_der(chain->authority);
  STACK_OF(X509) *others = sk_X509_new_null();
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  bool done = leaf && authority && others && context && sk_X509_push(others, authority) > 0 &&
              X509_STORE_CTX_init(context, ((Chain *)chain)->store, leaf, others) == 1 &&
              X509_STORE_CTX_set_default(context, "ssl_server") == 1 &&
              X509_VERIFY_PARAM_set1_host(
                  X509_STORE_CTX_get0_param(context), chain->name, strlen(chain->name)) == 1 &&
              X509_verify_cert(context) == 1;
  X509_STORE_CTX_free(context);
  sk_X509_free(others);
  X509_free(leaf);
  X509_free(authority);
  return done;
}

static bool read_leaf(PeerChain *chain) {
  X509 *leaf = read_der(chain->leaf);
  X509_free(leaf);
  return leaf != NULL;
}

static bool matches(PeerChain *chain, const char *name, bool is_address) {
  X509 *leaf = ((Chain *)chain)->parsed;
  return is_address ? X509_check_ip_asc(leaf, name, 0) == 1
                    : X509_check_host(leaf, name, strlen(name), 0, NULL) == 1;
}

static int load_roots(const char *path) {
  X509_STORE *store = X509_STORE_new();
  X509_LOOKUP *lookup = store ? X509_STORE_add_lookup(store, X509_LOOKUP_file()) : NULL;
  int count = lookup ? X509_load_cert_crl_file(lookup, path, X509_FILETYPE_PEM) : -1;
  X509_STORE_free(store);
  ERR_clear_error();
  return count;
}

const PeerChainFunctions openssl_chain_functions = {
    make, chain_free, judge, read_leaf, matches, load_roots,
};
