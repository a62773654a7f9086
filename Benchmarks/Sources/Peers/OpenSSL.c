// OpenSSL, each direction through one memory BIO that the writer's end and the reader's share: no
// copy is made that a program with memory BIOs could spare itself.

#include "Library.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  PeerSetup base;
  SSL_CTX *client, *server;
  SSL_SESSION *session;
} Setup;

typedef struct {
  PeerPair base;
  Setup *setup;
  SSL *client, *server;
} Pair;

static const char *version(void) { return OpenSSL_version(OPENSSL_VERSION); }

static void setup_free(PeerSetup *base) {
  Setup *setup = (Setup *)base;
  SSL_SESSION_free(setup->session);
  SSL_CTX_free(setup->client);
  SSL_CTX_free(setup->server);
  free(setup);
}

/// Takes every chain, without a look at it: else OpenSSL judges it even where nobody asked.
static int take(X509_STORE_CTX *store, void *nothing) {
  (void)store;
  (void)nothing;
  return 1;
}

// MARK: Settings

/// A group, as the list of groups has it, and as the key of one who used it says.
static const struct {
  const char *list, *key;
  bool is_field;
} groups[] = {
    [PEER_X25519] = {"X25519", "X25519", false},      [PEER_X448] = {"X448", "X448", false},
    [PEER_P256] = {"P-256", "prime256v1", false},     [PEER_P384] = {"P-384", "secp384r1", false},
    [PEER_P521] = {"P-521", "secp521r1", false},
    [PEER_FFDHE2048] = {"ffdhe2048", "ffdhe2048", true},
    [PEER_FFDHE3072] = {"ffdhe3072", "ffdhe3072", true},
};

/// The group first, and the curves that keys of certificates are on: in TLS 1.2 those are asked for too.
static bool set_groups(SSL_CTX *context, PeerGroup group) {
  char list[64];
  snprintf(
      list, sizeof list, "%s%s%s", groups[group].is_field ? "X25519" : groups[group].list,
      group == PEER_P256 ? "" : ":P-256", group == PEER_P384 ? "" : ":P-384");
  return SSL_CTX_set1_groups_list(context, list) == 1;
}

/// In TLS 1.2 the finite field is the server's choice alone.
static bool set_field(SSL_CTX *server, PeerGroup group) {
  if (!groups[group].is_field) return true;
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)groups[group].list, 0),
      OSSL_PARAM_construct_end()};
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DH", NULL);
  EVP_PKEY *field = NULL;
  bool done = context && EVP_PKEY_fromdata_init(context) == 1 &&
              EVP_PKEY_fromdata(context, &field, EVP_PKEY_KEY_PARAMETERS, parameters) == 1 &&
              SSL_CTX_set0_tmp_dh_pkey(server, field) == 1;
  EVP_PKEY_CTX_free(context);
  if (!done) EVP_PKEY_free(field);
  return done;
}

static bool configure(SSL_CTX *context, const PeerSettings *settings) {
  // Short tags (CCM-8) are below the level that is usual.
  char list[128];
  snprintf(list, sizeof list, "%s:@SECLEVEL=0", settings->suite);
  if (settings->lean) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  // Sessions are in tickets only, as they are in the others.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set_cipher_list(context, list) && set_groups(context, settings->group);
}

static bool use_identity(SSL_CTX *context, const char *certificates, const char *key) {
  BIO *certificate_bio = BIO_new_mem_buf(certificates, -1), *key_bio = BIO_new_mem_buf(key, -1);
  X509 *leaf = PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL), *next;
  EVP_PKEY *private_key = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
  bool done = leaf && private_key && SSL_CTX_use_certificate(context, leaf) == 1 &&
              SSL_CTX_use_PrivateKey(context, private_key) == 1;
  while (done && (next = PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL)))
    done = SSL_CTX_add0_chain_cert(context, next) == 1;
  // Where the last has been read, an error stays behind.
  ERR_clear_error();
  X509_free(leaf);
  EVP_PKEY_free(private_key);
  BIO_free(certificate_bio);
  BIO_free(key_bio);
  return done;
}

/// Judges the chain by these roots, or takes any.
static bool judge(SSL_CTX *client, const char *roots) {
  if (!roots) {
    SSL_CTX_set_cert_verify_callback(client, take, NULL);
    return true;
  }
  SSL_CTX_set_verify(client, SSL_VERIFY_PEER, NULL);
  BIO *bio = BIO_new_mem_buf(roots, -1);
  X509 *root = PEM_read_bio_X509(bio, NULL, NULL, NULL);
  bool done = root && X509_STORE_add_cert(SSL_CTX_get_cert_store(client), root) == 1;
  X509_free(root);
  BIO_free(bio);
  return done;
}

static PeerSetup *setup(const PeerSettings *settings) {
  Setup *setup = calloc(1, sizeof *setup);
  if (!setup) return NULL;
  setup->client = SSL_CTX_new(TLS_client_method());
  setup->server = SSL_CTX_new(TLS_server_method());
  if (!setup->client || !setup->server || !configure(setup->client, settings) ||
      !configure(setup->server, settings) || !set_field(setup->server, settings->group) ||
      !use_identity(setup->server, settings->certificates, settings->key) ||
      !judge(setup->client, settings->roots)) {
    setup_free(&setup->base);
    return NULL;
  }
  return &setup->base;
}

// MARK: Connections

/// Two new memories between the ends; those of before are freed.
static bool join(Pair *pair) {
  BIO *up = BIO_new(BIO_s_mem()), *down = BIO_new(BIO_s_mem());
  if (!up || !down) return false;
  BIO_up_ref(up);
  BIO_up_ref(down);
  SSL_set_bio(pair->client, down, up);
  SSL_set_bio(pair->server, up, down);
  return true;
}

static void end_free(SSL *end) {
  if (!end) return;
  // A session whose connection was not closed is not to be resumed, and nothing is closed here.
  SSL_set_shutdown(end, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  SSL_free(end);
}

static void pair_free_client(PeerPair *base) {
  Pair *pair = (Pair *)base;
  end_free(pair->client);
  pair->client = NULL;
}

static void pair_free(PeerPair *base) {
  Pair *pair = (Pair *)base;
  end_free(pair->client);
  end_free(pair->server);
  free(pair);
}

static PeerPair *pair(PeerSetup *base, bool resumes) {
  Setup *setup = (Setup *)base;
  Pair *pair = calloc(1, sizeof *pair);
  if (!pair) return NULL;
  pair->setup = setup;
  pair->client = SSL_new(setup->client);
  pair->server = SSL_new(setup->server);
  if (!pair->client || !pair->server || !join(pair) ||
      SSL_set_tlsext_host_name(pair->client, "bench.test") != 1 ||
      (base->judges && SSL_set1_host(pair->client, "bench.test") != 1) ||
      (resumes && SSL_set_session(pair->client, setup->session) != 1)) {
    pair_free(&pair->base);
    return NULL;
  }
  SSL_set_connect_state(pair->client);
  SSL_set_accept_state(pair->server);
  return &pair->base;
}

static bool connect_both(PeerPair *base) {
  Pair *pair = (Pair *)base;
  for (int turn = 0; turn < 4; turn++) {
    int client = SSL_do_handshake(pair->client);
    if (client != 1 && SSL_get_error(pair->client, client) != SSL_ERROR_WANT_READ) return false;
    int server = SSL_do_handshake(pair->server);
    if (server != 1 && SSL_get_error(pair->server, server) != SSL_ERROR_WANT_READ) return false;
    if (client == 1 && server == 1) return true;
  }
  return false;
}

static bool is_resumed(PeerPair *base) {
  Pair *pair = (Pair *)base;
  return SSL_session_reused(pair->client) && SSL_session_reused(pair->server);
}

static bool has_group(PeerPair *base) {
  Pair *pair = (Pair *)base;
  EVP_PKEY *key = NULL;
  if (SSL_get_peer_tmp_key(pair->client, &key) != 1) return false;
  // Keys of X25519 and X448 have no group beside their type.
  char name[32] = "";
  size_t length;
  if (EVP_PKEY_get_group_name(key, name, sizeof name, &length) != 1)
    snprintf(name, sizeof name, "%s", EVP_PKEY_get0_type_name(key));
  EVP_PKEY_free(key);
  return strcmp(name, groups[pair->setup->base.group].key) == 0;
}

static bool remember(PeerPair *base) {
  Pair *pair = (Pair *)base;
  SSL_SESSION_free(pair->setup->session);
  pair->setup->session = SSL_get1_session(pair->client);
  return pair->setup->session && SSL_SESSION_has_ticket(pair->setup->session);
}

static void rest(PeerPair *base) { join((Pair *)base); }

static bool seal(PeerPair *base, size_t times) {
  Pair *pair = (Pair *)base;
  for (size_t i = 0; i < times; i++)
    if (SSL_write(pair->client, base->plaintext, (int)base->length) != (int)base->length)
      return false;
  return true;
}

static bool open_all(PeerPair *base, size_t times) {
  Pair *pair = (Pair *)base;
  for (size_t left = times * base->length; left > 0;) {
    int count = SSL_read(pair->server, base->received, (int)base->length);
    if (count <= 0) return false;
    left -= (size_t)count;
  }
  return true;
}

const PeerFunctions openssl_functions = {
    version, setup,      setup_free, pair, pair_free, pair_free_client, connect_both,
    is_resumed, has_group, remember, rest, seal, open_all,
};
