// libgcrypt alone: the public-key operations of both sides of a full handshake.

#include "Peers.h"

#include <gcrypt.h>
#include <stdlib.h>
#include <string.h>

struct RawHandshake {
  gcry_sexp_t public_key, private_key, data;
  uint8_t client[32], server[32];
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
  gcry_create_nonce(handshake->client, sizeof handshake->client);
  gcry_create_nonce(handshake->server, sizeof handshake->server);
  if (handshake->public_key && handshake->private_key) return handshake;
  raw_handshake_free(handshake);
  return NULL;
}

static bool agree(RawHandshake *handshake) {
  uint8_t from_client[32], from_server[32], secret[32], same[32];
  return gcry_ecc_mul_point(GCRY_ECC_CURVE25519, from_client, handshake->client, NULL) == 0 &&
         gcry_ecc_mul_point(GCRY_ECC_CURVE25519, from_server, handshake->server, NULL) == 0 &&
         gcry_ecc_mul_point(GCRY_ECC_CURVE25519, secret, handshake->client, from_server) == 0 &&
         gcry_ecc_mul_point(GCRY_ECC_CURVE25519, same, handshake->server, from_client) == 0 &&
         memcmp(secret, same, sizeof secret) == 0;
}

bool raw_handshake_run(RawHandshake *handshake) {
  return agree(handshake) && raw_handshake_authenticate(handshake);
}

bool raw_handshake_authenticate(RawHandshake *handshake) {
  gcry_sexp_t signature = NULL;
  bool done = gcry_pk_sign(&signature, handshake->data, handshake->private_key) == 0 &&
              gcry_pk_verify(signature, handshake->data, handshake->public_key) == 0;
  gcry_sexp_release(signature);
  return done;
}
