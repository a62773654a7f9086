// libgcrypt alone: for each record of TLS 1.2 the calls that it takes, and nothing besides.

#include "Peers.h"

#include <gcrypt.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { header_length = 5, record_limit = 16384, block_length = 16, mac_length = 32 };

/// What a record of one cipher is made of.
typedef struct {
  int cipher, mode;
  size_t key_length, explicit_length, tag_length;
} Shape;

static const Shape shapes[] = {
    [RAW_AES128_GCM] = {GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_GCM, 16, 8, 16},
    [RAW_AES256_GCM] = {GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 32, 8, 16},
    [RAW_CHACHA20_POLY1305] = {GCRY_CIPHER_CHACHA20, GCRY_CIPHER_MODE_POLY1305, 32, 0, 16},
    [RAW_AES128_CCM] = {GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CCM, 16, 8, 16},
    [RAW_AES256_CCM] = {GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CCM, 32, 8, 16},
    [RAW_AES128_CCM8] = {GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CCM, 16, 8, 8},
    [RAW_AES256_CCM8] = {GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CCM, 32, 8, 8},
    [RAW_AES128_CBC_SHA256] =
        {GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC, 16, block_length, mac_length},
};

/// One end's keys.
typedef struct {
  gcry_cipher_hd_t cipher;
  gcry_md_hd_t mac;
  uint64_t sequence_number;
} Key;

struct RawRecords {
  Shape shape;
  Key sealer, opener;
  size_t length;
  uint8_t *plaintext, *wire;
};

const char *raw_version(void) {
  const char *version = gcry_check_version(NULL);
  // If the engine was there first, this says nothing new.
  if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
  return version;
}

static bool key_make(Key *key, const Shape *shape) {
  static const uint8_t secret[32] = {5};
  if (gcry_cipher_open(&key->cipher, shape->cipher, shape->mode, 0) != 0 ||
      gcry_cipher_setkey(key->cipher, secret, shape->key_length) != 0)
    return false;
  return shape->mode != GCRY_CIPHER_MODE_CBC ||
         (gcry_md_open(&key->mac, GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC) == 0 &&
          gcry_md_setkey(key->mac, secret, sizeof secret) == 0);
}

static void key_free(Key *key) {
  if (key->cipher) gcry_cipher_close(key->cipher);
  if (key->mac) gcry_md_close(key->mac);
}

/// What lies between the explicit part of the nonce and the tag.
static size_t body_length(const Shape *shape, size_t length) {
  // CBC fills up the last block, or adds one.
  return shape->mode == GCRY_CIPHER_MODE_CBC ? (length / block_length + 1) * block_length : length;
}

static size_t record_length(const Shape *shape, size_t length) {
  return header_length + shape->explicit_length + body_length(shape, length) + shape->tag_length;
}

void raw_records_free(RawRecords *records) {
  if (!records) return;
  key_free(&records->sealer);
  key_free(&records->opener);
  free(records->plaintext);
  free(records->wire);
  free(records);
}

RawRecords *raw_records(RawCipher cipher, size_t length, size_t times) {
  raw_version();
  RawRecords *records = calloc(1, sizeof *records);
  if (!records) return NULL;
  records->shape = shapes[cipher];
  records->length = length;
  size_t count = (length + record_limit - 1) / record_limit;
  size_t room = times * (length + count * record_length(&records->shape, 0));
  records->plaintext = malloc(length);
  records->wire = malloc(room);
  if (!records->plaintext || !records->wire || !key_make(&records->sealer, &records->shape) ||
      !key_make(&records->opener, &records->shape)) {
    raw_records_free(records);
    return NULL;
  }
  memset(records->plaintext, 0x61, length);
  memset(records->wire, 0, room);
  return records;
}

static void put(uint8_t *bytes, uint64_t number, size_t length) {
  for (size_t i = length; i-- > 0; number >>= 8) bytes[i] = (uint8_t)number;
}

/// The sequence number, the header, and the length of what is authenticated.
static void authenticated(uint8_t bytes[13], uint64_t number, size_t length) {
  put(bytes, number, 8);
  memcpy(bytes + 8, "\x17\x03\x03", 3);
  put(bytes + 11, length, 2);
}

// MARK: AEAD

/// Nonce, lengths and associated data.
static bool begin(const Shape *shape, Key *key, size_t length) {
  uint8_t nonce[12] = {7}, data[13];
  put(nonce + 4, key->sequence_number, 8);
  authenticated(data, key->sequence_number++, length);
  if (gcry_cipher_setiv(key->cipher, nonce, sizeof nonce) != 0) return false;
  if (shape->mode == GCRY_CIPHER_MODE_CCM) {
    uint64_t lengths[3] = {length, sizeof data, shape->tag_length};
    if (gcry_cipher_ctl(key->cipher, GCRYCTL_SET_CCM_LENGTHS, lengths, sizeof lengths) != 0)
      return false;
  }
  return gcry_cipher_authenticate(key->cipher, data, sizeof data) == 0;
}

static bool seal_aead(
    const Shape *shape, Key *key, const uint8_t *plaintext, size_t length, uint8_t *record) {
  put(record + header_length, key->sequence_number, shape->explicit_length);
  uint8_t *body = record + header_length + shape->explicit_length;
  return begin(shape, key, length) &&
         gcry_cipher_encrypt(key->cipher, body, length, plaintext, length) == 0 &&
         gcry_cipher_gettag(key->cipher, body + length, shape->tag_length) == 0;
}

static bool open_aead(const Shape *shape, Key *key, uint8_t *record, size_t length) {
  uint8_t *body = record + header_length + shape->explicit_length;
  return begin(shape, key, length) &&
         gcry_cipher_decrypt(key->cipher, body, length, NULL, 0) == 0 &&
         gcry_cipher_checktag(key->cipher, body + length, shape->tag_length) == 0;
}

// MARK: CBC, encrypted first and authenticated then (RFC 7366)

static const uint8_t *mac_of(Key *key, const uint8_t *bytes, size_t length) {
  uint8_t data[13];
  authenticated(data, key->sequence_number++, length);
  gcry_md_reset(key->mac);
  gcry_md_write(key->mac, data, sizeof data);
  gcry_md_write(key->mac, bytes, length);
  return gcry_md_read(key->mac, 0);
}

static bool seal_cbc(
    const Shape *shape, Key *key, const uint8_t *plaintext, size_t length, uint8_t *record) {
  uint8_t *vector = record + header_length, *body = vector + block_length;
  size_t padded = body_length(shape, length);
  // An initialization vector that nobody foresees: the MAC of a number, as the engine has it.
  uint8_t number[8];
  put(number, key->sequence_number, sizeof number);
  gcry_md_reset(key->mac);
  gcry_md_write(key->mac, number, sizeof number);
  memcpy(vector, gcry_md_read(key->mac, 0), block_length);
  memcpy(body, plaintext, length);
  memset(body + length, (int)(padded - length - 1), padded - length);
  if (gcry_cipher_setiv(key->cipher, vector, block_length) != 0 ||
      gcry_cipher_encrypt(key->cipher, body, padded, NULL, 0) != 0)
    return false;
  memcpy(body + padded, mac_of(key, vector, block_length + padded), mac_length);
  return true;
}

static bool open_cbc(const Shape *shape, Key *key, uint8_t *record, size_t length) {
  uint8_t *vector = record + header_length, *body = vector + block_length;
  size_t padded = body_length(shape, length);
  return memcmp(mac_of(key, vector, block_length + padded), body + padded, mac_length) == 0 &&
         gcry_cipher_setiv(key->cipher, vector, block_length) == 0 &&
         gcry_cipher_decrypt(key->cipher, body, padded, NULL, 0) == 0;
}

// MARK: All of them

static bool seal_record(
    const Shape *shape, Key *key, const uint8_t *plaintext, size_t length, uint8_t *record) {
  memcpy(record, "\x17\x03\x03", 3);
  put(record + 3, record_length(shape, length) - header_length, 2);
  return shape->mode == GCRY_CIPHER_MODE_CBC ? seal_cbc(shape, key, plaintext, length, record)
                                             : seal_aead(shape, key, plaintext, length, record);
}

bool raw_seal(RawRecords *records, size_t times) {
  uint8_t *record = records->wire;
  for (size_t i = 0; i < times; i++)
    for (size_t done = 0; done < records->length;) {
      size_t left = records->length - done, length = left < record_limit ? left : record_limit;
      if (!seal_record(
              &records->shape, &records->sealer, records->plaintext + done, length, record))
        return false;
      record += record_length(&records->shape, length);
      done += length;
    }
  return true;
}

bool raw_open(RawRecords *records, size_t times) {
  const Shape *shape = &records->shape;
  uint8_t *record = records->wire;
  for (size_t i = 0; i < times; i++)
    for (size_t done = 0; done < records->length;) {
      size_t left = records->length - done, length = left < record_limit ? left : record_limit;
      bool opened = shape->mode == GCRY_CIPHER_MODE_CBC
                        ? open_cbc(shape, &records->opener, record, length)
                        : open_aead(shape, &records->opener, record, length);
      if (!opened) return false;
      record += record_length(shape, length);
      done += length;
    }
  return true;
}

// MARK: Two threads

/// Opens a batch out of place, as often as one likes: the numbers go on and the records do not, so that
/// the tag is made, which is the work, and not compared.
static bool open_unchecked(RawRecords *records) {
  const Shape *shape = &records->shape;
  uint8_t *record = records->wire, tag[16];
  for (size_t done = 0; done < records->length;) {
    size_t left = records->length - done, length = left < record_limit ? left : record_limit;
    uint8_t *body = record + header_length + shape->explicit_length;
    if (!begin(shape, &records->opener, length) ||
        gcry_cipher_decrypt(records->opener.cipher, records->plaintext + done, length, body, length) ||
        gcry_cipher_gettag(records->opener.cipher, tag, shape->tag_length))
      return false;
    record += record_length(shape, length);
    done += length;
  }
  return true;
}

typedef struct {
  RawRecords *records;
  size_t times;
  bool opens;
} Job;

/// The same batch so many times.
static void *run_job(void *argument) {
  Job *job = argument;
  bool good = true;
  for (size_t i = 0; good && i < job->times; i++)
    good = job->opens ? open_unchecked(job->records) : raw_seal(job->records, 1);
  return good ? argument : NULL;
}

static bool run_both(RawRecords *first, RawRecords *second, size_t times, bool opens) {
  Job jobs[2] = {{first, times, opens}, {second, times, opens}};
  pthread_t thread;
  void *result = NULL;
  if (pthread_create(&thread, NULL, run_job, &jobs[1]) != 0) return false;
  bool good = run_job(&jobs[0]) != NULL;
  return pthread_join(thread, &result) == 0 && result && good;
}

bool raw_seal_both(RawRecords *first, RawRecords *second, size_t times) {
  return run_both(first, second, times, false);
}

bool raw_open_both(RawRecords *first, RawRecords *second, size_t times) {
  return run_both(first, second, times, true);
}
