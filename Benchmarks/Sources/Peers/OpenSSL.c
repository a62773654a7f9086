// OpenSSL, each direction through one memory BIO that the writer's end and the reader's share: no
// copy is made that a program with memory BIOs could spare itself.

#include "Library.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>

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

static bool configure(SSL_CTX *context, const char *suite, bool lean) {
  // Short tags (CCM-8) are below the level that is usual.
  char list[128];
  snprintf(list, sizeof list, "%s:@SECLEVEL=0", suite);
  if (lean) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  // Sessions are in tickets only, as they are in the others.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set_cipher_list(context, list) && SSL_CTX_set1_groups_list(context, "X25519:P-256");
}

static bool use_identity(SSL_CTX *context, const char *certificate, const char *key) {
  BIO *certificate_bio = BIO_new_mem_buf(certificate, -1), *key_bio = BIO_new_mem_buf(key, -1);
  X509 *x509 = PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL);
  EVP_PKEY *private_key = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
  bool done = x509 && private_key && SSL_CTX_use_certificate(context, x509) == 1 &&
              SSL_CTX_use_PrivateKey(context, private_key) == 1;
  X509_free(x509);
  EVP_PKEY_free(private_key);
  BIO_free(certificate_bio);
  BIO_free(key_bio);
  return done;
}

static PeerSetup *setup(const char *certificate, const char *key, const char *suite, bool lean) {
  Setup *setup = calloc(1, sizeof *setup);
  if (!setup) return NULL;
  setup->client = SSL_CTX_new(TLS_client_method());
  setup->server = SSL_CTX_new(TLS_server_method());
  if (!setup->client || !setup->server || !configure(setup->client, suite, lean) ||
      !configure(setup->server, suite, lean) || !use_identity(setup->server, certificate, key)) {
    setup_free(&setup->base);
    return NULL;
  }
  SSL_CTX_set_cert_verify_callback(setup->client, take, NULL);
  return &setup->base;
}

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
    is_resumed, remember, rest,       seal, open_all,
};
