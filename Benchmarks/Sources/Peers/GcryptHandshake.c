// libgcrypt alone: the signature of a full handshake, which one side makes and the other checks.

#include "Peers.h"

#include <gcrypt.h>
#include <stdlib.h>

struct RawHandshake {
  gcry_sexp_t public_key, private_key, data;
};

static const struct {
  const char *generation, *data;
  int digest_length;
} kinds[] = {
    [RAW_ECDSA_P256] =
        {"(genkey (ecc (curve \"NIST P-256\")))", "(data (flags rfc6979) (hash sha256 %b))", 32},
    [RAW_RSA_2048] =
        {"(genkey (rsa (nbits 4:2048)))",
         "(data (flags pss) (salt-length 2:32) (hash sha256 %b))", 32},
    [RAW_ED25519] =
        {"(genkey (ecc (curve Ed25519) (flags eddsa)))",
         "(data (flags eddsa) (hash-algo sha512) (value %b))", 32},
    [RAW_ECDSA_P384] =
        {"(genkey (ecc (curve \"NIST P-384\")))", "(data (flags rfc6979) (hash sha384 %b))", 48},
    [RAW_RSA_3072] =
        {"(genkey (rsa (nbits 4:3072)))",
         "(data (flags pss) (salt-length 2:32) (hash sha256 %b))", 32},
};

/// Writes the point of Ed25519's private key uncompressed, as the engine has it: else libgcrypt finds its x
/// once more for each signature that it makes. The peer's key stays as a certificate brings it: whoever
/// checks a signature has to find the x of that.
static bool uncompress(RawHandshake *handshake) {
  gcry_ctx_t curve = NULL;
  gcry_mpi_t point = NULL;
  gcry_sexp_t private_key = NULL;
  gcry_sexp_t seed = gcry_sexp_find_token(handshake->private_key, "d", 0);
  size_t length = 0;
  const char *bytes = gcry_sexp_nth_data(seed, 1, &length);
  if (bytes && gcry_mpi_ec_new(&curve, handshake->private_key, NULL) == 0 &&
      (point = gcry_mpi_ec_get_mpi("q", curve, 1)) != NULL) {
    gcry_sexp_build(
        &private_key, NULL, "(private-key (ecc (curve Ed25519) (flags eddsa) (q %m) (d %b)))", point,
        (int)length, bytes);
  }
  gcry_mpi_release(point);
  gcry_ctx_release(curve);
  gcry_sexp_release(seed);
  gcry_sexp_release(handshake->private_key);
  handshake->private_key = private_key;
  return private_key != NULL;
}

void raw_handshake_free(RawHandshake *handshake) {
  if (!handshake) return;
  gcry_sexp_release(handshake->public_key);
  gcry_sexp_release(handshake->private_key);
  gcry_sexp_release(handshake->data);
  free(handshake);
}

RawHandshake *raw_handshake(RawKey key) {
  raw_version();
  RawHandshake *handshake = calloc(1, sizeof *handshake);
  if (!handshake) return NULL;
  static const uint8_t digest[48] = {9};
  gcry_sexp_t parameters = NULL, pair = NULL;
  if (gcry_sexp_build(&parameters, NULL, kinds[key].generation) == 0 &&
      gcry_pk_genkey(&pair, parameters) == 0 &&
      gcry_sexp_build(
          &handshake->data, NULL, kinds[key].data, kinds[key].digest_length,
          (const char *)digest) == 0) {
    handshake->public_key = gcry_sexp_find_token(pair, "public-key", 0);
    handshake->private_key = gcry_sexp_find_token(pair, "private-key", 0);
  }
  gcry_sexp_release(parameters);
  gcry_sexp_release(pair);
  if (handshake->public_key && handshake->private_key &&
      (key != RAW_ED25519 || uncompress(handshake)))
    return handshake;
  raw_handshake_free(handshake);
  return NULL;
}

bool raw_handshake_run(RawHandshake *handshake) {
  gcry_sexp_t signature = NULL;
  bool done = gcry_pk_sign(&signature, handshake->data, handshake->private_key) == 0 &&
              gcry_pk_verify(signature, handshake->data, handshake->public_key) == 0;
  gcry_sexp_release(signature);
  return done;
}
