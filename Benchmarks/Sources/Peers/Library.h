#pragma once

#include "Peers.h"

// What a library has to bring along to be a peer.

/// What ``peer_setup`` was told.
typedef struct {
  const char *certificates, *key, *suite, *roots;
  PeerGroup group;
  bool lean;
} PeerSettings;

typedef struct PeerFunctions {
  const char *(*version)(void);
  PeerSetup *(*setup)(const PeerSettings *);
  void (*setup_free)(PeerSetup *);
  PeerPair *(*pair)(PeerSetup *, bool resumes);
  void (*pair_free)(PeerPair *);
  void (*pair_free_client)(PeerPair *);
  bool (*connect)(PeerPair *);
  bool (*is_resumed)(PeerPair *);
  bool (*has_group)(PeerPair *);
  bool (*remember)(PeerPair *);
  void (*rest)(PeerPair *);
  bool (*seal)(PeerPair *, size_t times);
  bool (*open)(PeerPair *, size_t times);
} PeerFunctions;

extern const PeerFunctions openssl_functions, gnutls_functions;

struct PeerSetup {
  const PeerFunctions *functions;
  PeerGroup group;
  /// Whether the client judges the chain and the name.
  bool judges;
};

struct PeerPair {
  const PeerFunctions *functions;
  uint8_t *plaintext, *received;
  size_t length;
};

// And to judge chains.

typedef struct PeerChainFunctions {
  PeerChain *(*make)(PeerDER leaf, PeerDER authority, PeerDER root);
  void (*free)(PeerChain *);
  bool (*judge)(PeerChain *);
  bool (*read)(PeerChain *);
  bool (*matches)(PeerChain *, const char *name, bool is_address);
  int (*load_roots)(const char *path);
} PeerChainFunctions;

extern const PeerChainFunctions openssl_chain_functions, gnutls_chain_functions;

struct PeerChain {
  const PeerChainFunctions *functions;
  PeerDER leaf, authority;
  char *name;
};
