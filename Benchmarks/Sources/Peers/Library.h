#pragma once

#include "Peers.h"

// What a library has to bring along to be a peer.

typedef struct PeerFunctions {
  const char *(*version)(void);
  PeerSetup *(*setup)(const char *certificate, const char *key, const char *suite, bool lean);
  void (*setup_free)(PeerSetup *);
  PeerPair *(*pair)(PeerSetup *, bool resumes);
  void (*pair_free)(PeerPair *);
  void (*pair_free_client)(PeerPair *);
  bool (*connect)(PeerPair *);
  bool (*is_resumed)(PeerPair *);
  bool (*remember)(PeerPair *);
  void (*rest)(PeerPair *);
  bool (*seal)(PeerPair *, size_t times);
  bool (*open)(PeerPair *, size_t times);
} PeerFunctions;

extern const PeerFunctions openssl_functions, gnutls_functions;

struct PeerSetup {
  const PeerFunctions *functions;
};

struct PeerPair {
  const PeerFunctions *functions;
  uint8_t *plaintext, *received;
  size_t length;
};
