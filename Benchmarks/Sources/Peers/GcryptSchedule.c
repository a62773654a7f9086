// libgcrypt alone: what a handshake of TLS 1.2 takes besides public keys, of both sides, with the
// fewest calls there are. The suite is AES-128-GCM with SHA-256, and the calls are these:
//
//                                       full: client  server    by ticket: client  server
//   strong randomness, one draw                    1       1                    1       1
//   transcript: hash opened, copied, read          1       1                    1       1
//   digest of what ServerKeyExchange signs         1       1
//   master secret: HMACs under one key             4       4
//   key expansion, two Finished: HMACs             8       8                    8       8
//   cipher handles opened, with their keys         2       2                    2       2
//   records of Finished sealed, opened          1, 1    1, 1                 1, 1    1, 1
//   ticket: HMACs, a cipher handle, a seal               2+1
//   ticket: HMACs, a cipher handle, an open                                           2+1
//
// The ticket is that of Sources/TLSEngine/Session/TicketKey.swift: AES-256-GCM, under a key of its
// own, which HKDF-SHA-256 makes.

#include "Peers.h"

#include <gcrypt.h>
#include <stdlib.h>
#include <string.h>

// As long as the engine's messages; ServerKeyExchange as with ECDSA.
enum {
  client_hello_length = 180,
  server_hello_length = 67,
  key_exchange_length = 116,
  done_length = 4,
  client_key_exchange_length = 37,
  session_id_length = 32,
  state_length = 149,
  ticket_length = 213,
  finished_length = 16,
  digest_length = 32,
  master_length = 48,
  key_block_length = 40,
  nonce_length = 12,
  tag_length = 16,
  message_limit = 65536
};

struct RawSchedule {
  bool resumes, signs_digest;
  size_t certificates_length;
  uint8_t *messages;
  uint8_t ticket[state_length + tag_length];
};

/// What a side has of its connection in the end.
typedef struct {
  gcry_cipher_hd_t sealer, opener;
} Side;

// MARK: Secrets

/// The PRF of RFC 5246 section 5, under the key that the handle has: `length` is a block or two.
static void expand(
    gcry_md_hd_t mac, const char *label, const uint8_t *seed, size_t seed_length, uint8_t *output,
    size_t length) {
  uint8_t a[digest_length], text[128];
  size_t label_length = strlen(label), text_length = label_length + seed_length;
  memcpy(text, label, label_length);
  memcpy(text + label_length, seed, seed_length);
  gcry_md_reset(mac);
  gcry_md_write(mac, text, text_length);
  for (size_t done = 0;;) {
    memcpy(a, gcry_md_read(mac, 0), digest_length);
    gcry_md_reset(mac);
    gcry_md_write(mac, a, digest_length);
    gcry_md_write(mac, text, text_length);
    size_t count = length - done < digest_length ? length - done : digest_length;
    memcpy(output + done, gcry_md_read(mac, 0), count);
    done += count;
    if (done == length) return;
    gcry_md_reset(mac);
    gcry_md_write(mac, a, digest_length);
  }
}

static bool cipher_open(gcry_cipher_hd_t *cipher, int algorithm, const uint8_t *key, size_t length) {
  return gcry_cipher_open(cipher, algorithm, GCRY_CIPHER_MODE_GCM, 0) == 0 &&
         gcry_cipher_setkey(*cipher, key, length) == 0;
}

// MARK: Records

static bool seal(
    gcry_cipher_hd_t cipher, const uint8_t *data, size_t data_length, const uint8_t *plaintext,
    size_t length, uint8_t *sealed) {
  static const uint8_t nonce[nonce_length];
  return gcry_cipher_setiv(cipher, nonce, sizeof nonce) == 0 &&
         gcry_cipher_authenticate(cipher, data, data_length) == 0 &&
         gcry_cipher_encrypt(cipher, sealed, length, plaintext, length) == 0 &&
         gcry_cipher_gettag(cipher, sealed + length, tag_length) == 0;
}

static bool unseal(
    gcry_cipher_hd_t cipher, const uint8_t *data, size_t data_length, const uint8_t *sealed,
    size_t length, uint8_t *plaintext) {
  static const uint8_t nonce[nonce_length];
  return gcry_cipher_setiv(cipher, nonce, sizeof nonce) == 0 &&
         gcry_cipher_authenticate(cipher, data, data_length) == 0 &&
         gcry_cipher_decrypt(cipher, plaintext, length, sealed, length) == 0 &&
         gcry_cipher_checktag(cipher, sealed + length, tag_length) == 0;
}

// MARK: Tickets

static const uint8_t ticket_head[48];

/// The key of one ticket: extracted from that of the period, and expanded.
static bool ticket_cipher(gcry_cipher_hd_t *cipher) {
  static const uint8_t secret[32] = {3};
  static const char info[] = "swift-tls-engine ticket\1";
  gcry_md_hd_t mac;
  if (gcry_md_open(&mac, GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC) != 0) return false;
  uint8_t key[digest_length];
  bool done = gcry_md_setkey(mac, ticket_head + 16, 32) == 0;
  gcry_md_write(mac, secret, sizeof secret);
  memcpy(key, gcry_md_read(mac, 0), sizeof key);
  done = done && gcry_md_setkey(mac, key, sizeof key) == 0;
  gcry_md_write(mac, info, sizeof info - 1);
  memcpy(key, gcry_md_read(mac, 0), sizeof key);
  gcry_md_close(mac);
  return done && cipher_open(cipher, GCRY_CIPHER_AES256, key, sizeof key);
}

static bool ticket_seal(RawSchedule *schedule) {
  gcry_cipher_hd_t cipher = NULL;
  bool done = ticket_cipher(&cipher) &&
              seal(cipher, ticket_head, sizeof ticket_head, schedule->messages, state_length,
                   schedule->ticket);
  gcry_cipher_close(cipher);
  return done;
}

static bool ticket_open(RawSchedule *schedule) {
  uint8_t state[state_length];
  gcry_cipher_hd_t cipher = NULL;
  bool done = ticket_cipher(&cipher) &&
              unseal(cipher, ticket_head, sizeof ticket_head, schedule->ticket, state_length, state);
  gcry_cipher_close(cipher);
  return done;
}

// MARK: A side

/// The transcript, and both its digests: that up to the first Finished, which in a full handshake the
/// master secret is bound to as well (RFC 7627), and that up to the second.
static bool hash_messages(
    const RawSchedule *schedule, uint8_t first[digest_length], uint8_t second[digest_length]) {
  const size_t full[] = {
      client_hello_length, server_hello_length, schedule->certificates_length, key_exchange_length,
      done_length,         client_key_exchange_length};
  const size_t resumed[] = {
      client_hello_length + session_id_length + ticket_length,
      server_hello_length + session_id_length};
  const size_t *lengths = schedule->resumes ? resumed : full;
  size_t count = schedule->resumes ? 2 : 6;
  gcry_md_hd_t hash, copy;
  if (gcry_md_open(&hash, GCRY_MD_SHA256, 0) != 0) return false;
  for (size_t i = 0; i < count; i++) gcry_md_write(hash, schedule->messages, lengths[i]);
  bool done = gcry_md_copy(&copy, hash) == 0;
  if (done) {
    memcpy(first, gcry_md_read(copy, 0), digest_length);
    gcry_md_close(copy);
  }
  gcry_md_write(hash, schedule->messages, finished_length);
  if (!schedule->resumes) gcry_md_write(hash, schedule->messages, ticket_length);
  memcpy(second, gcry_md_read(hash, 0), digest_length);
  gcry_md_close(hash);
  return done;
}

/// Everything of a side up to its keys.
static bool derive(const RawSchedule *schedule, uint8_t keys[key_block_length]) {
  uint8_t random[64], first[digest_length], second[digest_length], digest[digest_length];
  uint8_t master[master_length] = {8}, finished[finished_length];
  static const uint8_t premaster[32] = {7};
  gcry_randomize(random, sizeof random, GCRY_STRONG_RANDOM);
  if (!schedule->resumes && schedule->signs_digest)
    gcry_md_hash_buffer(GCRY_MD_SHA256, digest, schedule->messages, 64 + 36);
  gcry_md_hd_t mac;
  if (!hash_messages(schedule, first, second) ||
      gcry_md_open(&mac, GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC) != 0)
    return false;
  bool done = true;
  if (!schedule->resumes) {
    done = gcry_md_setkey(mac, premaster, sizeof premaster) == 0;
    expand(mac, "extended master secret", first, sizeof first, master, sizeof master);
  }
  done = done && gcry_md_setkey(mac, master, sizeof master) == 0;
  // The seed is both randoms. Each side has its own here: what is counted does not depend on them.
  expand(mac, "key expansion", schedule->messages, 64, keys, key_block_length);
  expand(mac, "client finished", first, sizeof first, finished, 12);
  expand(mac, "server finished", second, sizeof second, finished, 12);
  gcry_md_close(mac);
  return done;
}

static bool side_make(const RawSchedule *schedule, Side *side) {
  uint8_t keys[key_block_length];
  return derive(schedule, keys) && cipher_open(&side->sealer, GCRY_CIPHER_AES128, keys, 16) &&
         cipher_open(&side->opener, GCRY_CIPHER_AES128, keys, 16);
}

static void side_free(Side *side) {
  gcry_cipher_close(side->sealer);
  gcry_cipher_close(side->opener);
}

/// One side's Finished, which the other reads.
static bool finish(const Side *from, const Side *to) {
  static const uint8_t data[13], message[finished_length];
  uint8_t sealed[finished_length + tag_length], opened[finished_length];
  return seal(from->sealer, data, sizeof data, message, sizeof message, sealed) &&
         unseal(to->opener, data, sizeof data, sealed, sizeof opened, opened);
}

// MARK: Both

void raw_schedule_free(RawSchedule *schedule) {
  if (!schedule) return;
  free(schedule->messages);
  free(schedule);
}

RawSchedule *raw_schedule(size_t certificates_length, bool signs_digest, bool resumes) {
  raw_version();
  RawSchedule *schedule = calloc(1, sizeof *schedule);
  if (!schedule) return NULL;
  schedule->resumes = resumes;
  schedule->signs_digest = signs_digest;
  schedule->certificates_length = certificates_length;
  schedule->messages = calloc(1, message_limit);
  if (schedule->messages && certificates_length <= message_limit && ticket_seal(schedule))
    return schedule;
  raw_schedule_free(schedule);
  return NULL;
}

bool raw_schedule_run(RawSchedule *schedule) {
  Side client = {NULL, NULL}, server = {NULL, NULL};
  bool done = (!schedule->resumes || ticket_open(schedule)) && side_make(schedule, &client) &&
              side_make(schedule, &server) && finish(&client, &server) &&
              (schedule->resumes || ticket_seal(schedule)) && finish(&server, &client);
  side_free(&client);
  side_free(&server);
  return done;
}
