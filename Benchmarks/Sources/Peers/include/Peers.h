#pragma once

// The C libraries that the engine is measured beside, each a client and a server in one process.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "PeerChains.h"

/// The group of the key exchange.
typedef enum PeerGroup {
  PEER_X25519,
  PEER_X448,
  PEER_P256,
  PEER_P384,
  PEER_P521,
  PEER_FFDHE2048,
  PEER_FFDHE3072,
} PeerGroup;

/// A library's settings for a client and for a server.
typedef struct PeerSetup PeerSetup;

/// A client and a server, and memory between them.
typedef struct PeerPair PeerPair;

/// The version of the library that runs, in its own words.
const char *peer_version(PeerLibrary library);

/// Settings for TLS 1.2 with one suite, one group and tickets; NULL if the library can't do it.
///
/// - certificates, key: the server's, in PEM, the leaf first.
/// - suite: the suite as OpenSSL calls it.
/// - roots: what the client judges the chain by, in PEM, and the name too; NULL if it takes any chain.
/// - lean: whether idle connections are told to give up their buffers, where the library has a
///   switch for that.
PeerSetup *peer_setup(
    PeerLibrary library, const char *certificates, const char *key, const char *suite,
    PeerGroup group, const char *roots, bool lean);
void peer_setup_free(PeerSetup *setup);

/// A pair that has not said anything yet; NULL if there is no memory for it.
PeerPair *peer_pair(PeerSetup *setup, bool resumes);
void peer_pair_free(PeerPair *pair);
/// Frees the client of a pair, and leaves the server.
void peer_pair_free_client(PeerPair *pair);

/// Does the whole handshake.
bool peer_connect(PeerPair *pair);
/// Whether both say that an earlier session went on.
bool peer_is_resumed(PeerPair *pair);
/// Whether the group of the settings was agreed on.
bool peer_has_group(PeerPair *pair);
/// Keeps the client's session for the pairs of its settings to come.
bool peer_remember(PeerPair *pair);
/// Gives up what is the transport's, so that what is left is the library's.
void peer_rest(PeerPair *pair);

/// Says how much is written at once.
bool peer_prepare(PeerPair *pair, size_t length);
/// The client writes so many times; the records lie in memory.
bool peer_seal(PeerPair *pair, size_t times);
/// The server reads all that lies there.
bool peer_open(PeerPair *pair, size_t times);

/// The cipher of a record.
typedef enum RawCipher {
  RAW_AES128_GCM,
  RAW_AES256_GCM,
  RAW_CHACHA20_POLY1305,
  RAW_AES128_CCM,
  RAW_AES256_CCM,
  RAW_AES128_CCM8,
  RAW_AES256_CCM8,
  RAW_AES128_CBC_SHA256,
} RawCipher;

/// libgcrypt alone, called as a record needs it.
typedef struct RawRecords RawRecords;
RawRecords *raw_records(RawCipher cipher, size_t length, size_t times);
void raw_records_free(RawRecords *records);
bool raw_seal(RawRecords *records, size_t times);
bool raw_open(RawRecords *records, size_t times);
/// Two at the same time, each on a thread of its own and so many times: what two processors can do.
bool raw_seal_both(RawRecords *first, RawRecords *second, size_t times);
bool raw_open_both(RawRecords *first, RawRecords *second, size_t times);

/// The server's key.
typedef enum RawKey {
  RAW_ECDSA_P256,
  RAW_RSA_2048,
  RAW_ED25519,
  RAW_ECDSA_P384,
  RAW_RSA_3072,
} RawKey;

/// libgcrypt alone, signing in a full handshake.
typedef struct RawHandshake RawHandshake;
RawHandshake *raw_handshake(RawKey key);
void raw_handshake_free(RawHandshake *handshake);
/// A signature made, and checked.
bool raw_handshake_run(RawHandshake *handshake);
const char *raw_version(void);

/// libgcrypt alone, agreeing on a secret in one of the groups, both sides.
typedef struct RawAgreement RawAgreement;
/// - prime: that of a finite field; no bytes for a curve.
RawAgreement *raw_agreement(PeerGroup group, const uint8_t *prime, size_t prime_length);
void raw_agreement_free(RawAgreement *agreement);
bool raw_agreement_run(RawAgreement *agreement);

/// libgcrypt alone, doing what a handshake takes besides public keys, both sides.
typedef struct RawSchedule RawSchedule;
/// - certificates_length: how long the server's Certificate message is.
/// - signs_digest: whether a digest is signed, and not the message itself.
/// - resumes: whether it is a handshake by ticket.
RawSchedule *raw_schedule(size_t certificates_length, bool signs_digest, bool resumes);
void raw_schedule_free(RawSchedule *schedule);
bool raw_schedule_run(RawSchedule *schedule);

/// What this thread has used of a processor.
uint64_t machine_cpu_nanoseconds(void);
/// The time that passes, on no clock in particular.
uint64_t machine_clock_nanoseconds(void);
/// The bytes that are allocated now.
size_t machine_heap(void);
/// How many times this thread has asked for memory.
uint64_t machine_allocations(void);
/// Writes the processor's name.
void machine_processor(char *name, size_t room);
/// How many processors there are.
int machine_processor_count(void);
/// Forgets where the environment says that roots are.
void machine_forget_roots(void);
/// Says something on standard error.
void machine_warn(const char *text);
/// Writes a file whole.
bool machine_write_file(const char *path, const uint8_t *bytes, size_t count);
