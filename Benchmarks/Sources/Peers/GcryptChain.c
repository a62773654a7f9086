// libgcrypt alone: the two signatures of a chain, checked.

#include "Peers.h"

#include <gcrypt.h>
#include <stdlib.h>

enum { digest_length = 32 };

struct RawChain {
  const char *data;
  gcry_sexp_t public_key, signature;
  uint8_t *message;
  size_t length;
};

/// What is signed, in libgcrypt's form, with the digest of the message in it.
static gcry_sexp_t digested(const RawChain *chain) {
  uint8_t digest[digest_length];
  gcry_sexp_t data = NULL;
  gcry_md_hash_buffer(GCRY_MD_SHA256, digest, chain->message, chain->length);
  gcry_sexp_build(&data, NULL, chain->data, digest_length, (const char *)digest);
  return data;
}

void raw_chain_free(RawChain *chain) {
  if (!chain) return;
  gcry_sexp_release(chain->public_key);
  gcry_sexp_release(chain->signature);
  free(chain->message);
  free(chain);
}

RawChain *raw_chain(bool is_rsa, size_t length) {
  raw_version();
  RawChain *chain = calloc(1, sizeof *chain);
  if (!chain) return NULL;
  chain->data =
      is_rsa ? "(data (flags pkcs1) (hash sha256 %b))" : "(data (flags raw) (value %b))";
  chain->message = calloc(1, length);
  chain->length = length;
  gcry_sexp_t parameters = NULL, pair = NULL, private_key = NULL, data = NULL;
  if (chain->message &&
      gcry_sexp_build(
          &parameters, NULL,
          is_rsa ? "(genkey (rsa (nbits 4:2048)))" : "(genkey (ecc (curve \"NIST P-256\")))") == 0 &&
      gcry_pk_genkey(&pair, parameters) == 0) {
    chain->public_key = gcry_sexp_find_token(pair, "public-key", 0);
    private_key = gcry_sexp_find_token(pair, "private-key", 0);
    data = digested(chain);
    gcry_pk_sign(&chain->signature, data, private_key);
  }
  gcry_sexp_release(parameters);
  gcry_sexp_release(pair);
  gcry_sexp_release(private_key);
  gcry_sexp_release(data);
  if (chain->public_key && chain->signature) return chain;
  raw_chain_free(chain);
  return NULL;
}

bool raw_chain_run(RawChain *chain) {
  bool done = true;
  for (int i = 0; i < 2; i++) {
    gcry_sexp_t data = digested(chain);
    done = gcry_pk_verify(chain->signature, data, chain->public_key) == 0 && done;
    gcry_sexp_release(data);
  }
  return done;
}
