#include "Library.h"

#include <stdlib.h>
#include <string.h>

static const PeerFunctions *functions_of(PeerLibrary library) {
  return library == PEER_OPENSSL ? &openssl_functions : &gnutls_functions;
}

const char *peer_version(PeerLibrary library) { return functions_of(library)->version(); }

PeerSetup *peer_setup(
    PeerLibrary library, const char *certificates, const char *key, const char *suite,
    PeerGroup group, const char *roots, bool lean) {
  PeerSettings settings = {certificates, key, suite, roots, group, lean};
  PeerSetup *setup = functions_of(library)->setup(&settings);
  if (!setup) return NULL;
  setup->functions = functions_of(library);
  setup->group = group;
  setup->judges = roots != NULL;
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
bool peer_has_group(PeerPair *pair) { return pair->functions->has_group(pair); }
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

// MARK: Chains

static const PeerChainFunctions *chain_functions_of(PeerLibrary library) {
  return library == PEER_OPENSSL ? &openssl_chain_functions : &gnutls_chain_functions;
}

static PeerDER copy(PeerDER der) {
  uint8_t *bytes = malloc(der.length);
  if (bytes) memcpy(bytes, der.bytes, der.length);
  return (PeerDER){bytes, bytes ? der.length : 0};
}

PeerChain *peer_chain(
    PeerLibrary library, PeerDER leaf, PeerDER authority, PeerDER root, const char *name) {
  PeerChain *chain = chain_functions_of(library)->make(leaf, authority, root);
  if (!chain) return NULL;
  chain->functions = chain_functions_of(library);
  chain->leaf = copy(leaf);
  chain->authority = copy(authority);
  chain->name = strdup(name);
  return chain;
}

void peer_chain_free(PeerChain *chain) {
  if (!chain) return;
  free((void *)chain->leaf.bytes);
  free((void *)chain->authority.bytes);
  free(chain->name);
  chain->functions->free(chain);
}

bool peer_chain_judge(PeerChain *chain) { return chain->functions->judge(chain); }
bool peer_chain_read(PeerChain *chain) { return chain->functions->read(chain); }

bool peer_chain_matches(PeerChain *chain, const char *name, bool is_address) {
  return chain->functions->matches(chain, name, is_address);
}

int peer_load_roots(PeerLibrary library, const char *path) {
  return chain_functions_of(library)->load_roots(path);
}
