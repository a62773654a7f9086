#include "Library.h"

#include <stdlib.h>
#include <string.h>

static const PeerFunctions *functions_of(PeerLibrary library) {
  return library == PEER_OPENSSL ? &openssl_functions : &gnutls_functions;
}

const char *peer_version(PeerLibrary library) { return functions_of(library)->version(); }

PeerSetup *peer_setup(
    PeerLibrary library, const char *certificate, const char *key, const char *suite, bool lean) {
  PeerSetup *setup = functions_of(library)->setup(certificate, key, suite, lean);
  if (setup) setup->functions = functions_of(library);
  return setup;
}

void peer_setup_free(PeerSetup *setup) {
  if (setup) setup->functions->setup_free(setup);
}

PeerPair *peer_pair(PeerSetup *setup, bool resumes) {
  PeerPair *pair = setup->functions->pair(setup, resumes);
  if (pair) pair->functions = setup->functions;
  return pair;
}

void peer_pair_free(PeerPair *pair) {
  if (!pair) return;
  free(pair->plaintext);
  free(pair->received);
  pair->functions->pair_free(pair);
}

void peer_pair_free_client(PeerPair *pair) { pair->functions->pair_free_client(pair); }
bool peer_connect(PeerPair *pair) { return pair->functions->connect(pair); }
bool peer_is_resumed(PeerPair *pair) { return pair->functions->is_resumed(pair); }
bool peer_remember(PeerPair *pair) { return pair->functions->remember(pair); }
void peer_rest(PeerPair *pair) { pair->functions->rest(pair); }

bool peer_prepare(PeerPair *pair, size_t length) {
  free(pair->plaintext);
  free(pair->received);
  pair->plaintext = malloc(length);
  pair->received = malloc(length);
  pair->length = length;
  if (!pair->plaintext || !pair->received) return false;
  memset(pair->plaintext, 0x61, length);
  return true;
}

bool peer_seal(PeerPair *pair, size_t times) { return pair->functions->seal(pair, times); }
bool peer_open(PeerPair *pair, size_t times) { return pair->functions->open(pair, times); }
