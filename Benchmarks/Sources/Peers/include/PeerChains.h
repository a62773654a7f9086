#pragma once

// Certificates and chains of them, read and judged by the C libraries, beside no connection.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Which library.
typedef enum PeerLibrary { PEER_OPENSSL, PEER_GNUTLS } PeerLibrary;

/// A chain of two certificates that a server shows, and the root that it is judged by.
typedef struct PeerChain PeerChain;

/// What a certificate is in DER.
typedef struct PeerDER {
  const uint8_t *bytes;
  size_t length;
} PeerDER;

/// - name: whom the leaf has to be for.
///
/// NULL if the library does not take them.
PeerChain *peer_chain(
    PeerLibrary library, PeerDER leaf, PeerDER authority, PeerDER root, const char *name);
void peer_chain_free(PeerChain *chain);
/// Reads the two certificates and judges them: the way to the root, and the name.
bool peer_chain_judge(PeerChain *chain);
/// Reads the leaf.
bool peer_chain_read(PeerChain *chain);
/// Whether the leaf, which has been read before, is for a name, which may be an address.
bool peer_chain_matches(PeerChain *chain, const char *name, bool is_address);
/// Reads a bundle of roots into a store: how many there are, or -1.
int peer_load_roots(PeerLibrary library, const char *path);

/// libgcrypt alone, checking the two signatures of such a chain: for each the hash of what is signed,
/// and the check. Keys and signatures are in its form before.
typedef struct RawChain RawChain;
/// - is_rsa: whether they are of RSA-2048, and not of ECDSA on P-256.
/// - length: how many bytes each signature is over.
RawChain *raw_chain(bool is_rsa, size_t length);
void raw_chain_free(RawChain *chain);
bool raw_chain_run(RawChain *chain);
