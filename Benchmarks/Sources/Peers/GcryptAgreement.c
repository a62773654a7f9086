// libgcrypt alone: the key agreement of both sides, in every group, with the fewest calls there are.
// In finite fields, and for the shared point, these are the calls of Sources/TLSCrypto/KeyAgreement; the
// base point libgcrypt multiplies like any other, where the engine has a comb (FixedBaseComb).

#include "Peers.h"

#include <gcrypt.h>
#include <stdlib.h>
#include <string.h>

enum { width_limit = 66, field_limit = 384 };

/// One kind of group does it so.
typedef bool Agree(RawAgreement *agreement);

struct RawAgreement {
  Agree *agree;
  /// libgcrypt's number or name of the curve.
  int number;
  const char *name;
  /// The length of a coordinate, or of a number of the field.
  size_t width;
  gcry_mpi_t prime;
  /// The secrets, and how long they are.
  uint8_t client[width_limit], server[width_limit];
  size_t secret_length;
};

// MARK: X25519 and X448

static bool agree_montgomery(RawAgreement *agreement) {
  int curve = agreement->number;
  uint8_t from_client[56], from_server[56], secret[56], same[56];
  return gcry_ecc_mul_point(curve, from_client, agreement->client, NULL) == 0 &&
         gcry_ecc_mul_point(curve, from_server, agreement->server, NULL) == 0 &&
         gcry_ecc_mul_point(curve, secret, agreement->client, from_server) == 0 &&
         gcry_ecc_mul_point(curve, same, agreement->server, from_client) == 0 &&
         memcmp(secret, same, agreement->width) == 0;
}

// MARK: The NIST's curves

static gcry_mpi_t number_of(const uint8_t *bytes, size_t length, bool is_secret) {
  gcry_mpi_t number = NULL;
  if (gcry_mpi_scan(&number, GCRYMPI_FMT_USG, bytes, length, NULL) == 0 && is_secret)
    gcry_mpi_set_flag(number, GCRYMPI_FLAG_SECURE);
  return number;
}

/// Writes a number big-endian, with zeros before it.
static bool write_number(uint8_t *bytes, size_t length, gcry_mpi_t number) {
  size_t written = 0, wanted = (gcry_mpi_get_nbits(number) + 7) / 8;
  memset(bytes, 0, length);
  return wanted <= length && gcry_mpi_print(
                                 GCRYMPI_FMT_USG, bytes + length - wanted, wanted, &written,
                                 number) == 0;
}

/// A scalar times a point. The order is added first, so that the time does not tell how long the scalar
/// is. Either coordinate may be unwanted.
static bool multiply(
    gcry_ctx_t curve, gcry_mpi_point_t point, const uint8_t *secret, size_t width, uint8_t *x,
    uint8_t *y) {
  gcry_mpi_t scalar = number_of(secret, width, true), order = gcry_mpi_ec_get_mpi("n", curve, 0);
  gcry_mpi_t x_number = gcry_mpi_snew(0), y_number = y ? gcry_mpi_snew(0) : NULL;
  gcry_mpi_point_t product = gcry_mpi_point_new(0);
  gcry_mpi_add(scalar, scalar, order);
  gcry_mpi_ec_mul(product, scalar, point, curve);
  bool done = gcry_mpi_ec_get_affine(x_number, y_number, product, curve) == 0 &&
              write_number(x, width, x_number) && (!y || write_number(y, width, y_number));
  gcry_mpi_point_release(product);
  gcry_mpi_release(scalar);
  gcry_mpi_release(order);
  gcry_mpi_release(x_number);
  gcry_mpi_release(y_number);
  return done;
}

/// The public point of a secret: its two coordinates.
static bool publish(gcry_ctx_t curve, const uint8_t *secret, size_t width, uint8_t *point) {
  gcry_mpi_point_t base = gcry_mpi_ec_get_point("g", curve, 0);
  bool done = base && multiply(curve, base, secret, width, point, point + width);
  gcry_mpi_point_release(base);
  return done;
}

/// The X coordinate of a secret times the other's point, which has to lie on the curve.
static bool share(
    gcry_ctx_t curve, const uint8_t *secret, size_t width, const uint8_t *other, uint8_t *x) {
  gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);
  gcry_mpi_point_t point = gcry_mpi_point_snatch_set(
      NULL, number_of(other, width, false), number_of(other + width, width, false), one);
  bool done = gcry_mpi_ec_curve_point(point, curve) && multiply(curve, point, secret, width, x, NULL);
  gcry_mpi_point_release(point);
  return done;
}

static bool agree_weierstrass(RawAgreement *agreement) {
  size_t width = agreement->width;
  uint8_t from_client[2 * width_limit], from_server[2 * width_limit];
  uint8_t secret[width_limit], same[width_limit];
  // One for each side, as they are two programs.
  gcry_ctx_t client = NULL, server = NULL;
  bool done = gcry_mpi_ec_new(&client, NULL, agreement->name) == 0 &&
              gcry_mpi_ec_new(&server, NULL, agreement->name) == 0 &&
              publish(client, agreement->client, width, from_client) &&
              publish(server, agreement->server, width, from_server) &&
              share(client, agreement->client, width, from_server, secret) &&
              share(server, agreement->server, width, from_client, same) &&
              memcmp(secret, same, width) == 0;
  gcry_ctx_release(client);
  gcry_ctx_release(server);
  return done;
}

// MARK: Finite fields

static bool raise(
    RawAgreement *agreement, const uint8_t *base, size_t base_length, const uint8_t *secret,
    uint8_t *power) {
  gcry_mpi_t number = number_of(base, base_length, false);
  gcry_mpi_t exponent = number_of(secret, agreement->secret_length, true);
  gcry_mpi_t result = gcry_mpi_snew(0);
  gcry_mpi_powm(result, number, exponent, agreement->prime);
  bool done = write_number(power, agreement->width, result);
  gcry_mpi_release(number);
  gcry_mpi_release(exponent);
  gcry_mpi_release(result);
  return done;
}

static bool agree_field(RawAgreement *agreement) {
  static const uint8_t generator[] = {2};
  size_t width = agreement->width;
  uint8_t from_client[field_limit], from_server[field_limit];
  uint8_t secret[field_limit], same[field_limit];
  return raise(agreement, generator, 1, agreement->client, from_client) &&
         raise(agreement, generator, 1, agreement->server, from_server) &&
         raise(agreement, from_server, width, agreement->client, secret) &&
         raise(agreement, from_client, width, agreement->server, same) &&
         memcmp(secret, same, width) == 0;
}

// MARK: All of them

/// The length of a secret is that of RFC 7919's exponents in finite fields.
static const struct {
  Agree *agree;
  int number;
  const char *name;
  size_t width, secret_length;
} kinds[] = {
    [PEER_X25519] = {agree_montgomery, GCRY_ECC_CURVE25519, NULL, 32, 32},
    [PEER_X448] = {agree_montgomery, GCRY_ECC_CURVE448, NULL, 56, 56},
    [PEER_P256] = {agree_weierstrass, 0, "NIST P-256", 32, 32},
    [PEER_P384] = {agree_weierstrass, 0, "NIST P-384", 48, 48},
    [PEER_P521] = {agree_weierstrass, 0, "NIST P-521", 66, 66},
    [PEER_FFDHE2048] = {agree_field, 0, NULL, 256, 32},
    [PEER_FFDHE3072] = {agree_field, 0, NULL, 384, 40},
};

void raw_agreement_free(RawAgreement *agreement) {
  if (!agreement) return;
  gcry_mpi_release(agreement->prime);
  free(agreement);
}

RawAgreement *raw_agreement(PeerGroup group, const uint8_t *prime, size_t prime_length) {
  raw_version();
  RawAgreement *agreement = calloc(1, sizeof *agreement);
  if (!agreement) return NULL;
  agreement->agree = kinds[group].agree;
  agreement->number = kinds[group].number;
  agreement->name = kinds[group].name;
  agreement->width = kinds[group].width;
  agreement->secret_length = kinds[group].secret_length;
  if (prime_length > 0) agreement->prime = number_of(prime, prime_length, false);
  gcry_create_nonce(agreement->client, agreement->secret_length);
  gcry_create_nonce(agreement->server, agreement->secret_length);
  if (agreement->agree != agree_field) {
    // Below the order, whose top byte is 255 on the NIST's curves, or 1 on P-521.
    agreement->client[0] = agreement->server[0] = 1;
    if (group == PEER_P521) agreement->client[0] = agreement->server[0] = 0;
  } else {
    agreement->client[0] |= 0x80;
    agreement->server[0] |= 0x80;
  }
  return agreement;
}

bool raw_agreement_run(RawAgreement *agreement) { return agreement->agree(agreement); }
