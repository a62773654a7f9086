// GnuTLS, through transport callbacks that copy to memory and from there.

#include "Library.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The bytes of one direction.
typedef struct {
  uint8_t *bytes;
  size_t start, end, room;
} Queue;

/// What the callbacks of one end are given.
typedef struct {
  gnutls_session_t session;
  Queue *incoming, *outgoing;
} End;

typedef struct {
  PeerSetup base;
  gnutls_certificate_credentials_t client, server;
  gnutls_priority_t priorities;
  gnutls_datum_t ticket_key, session;
} Setup;

typedef struct {
  PeerPair base;
  Setup *setup;
  Queue up, down;
  End client, server;
} Pair;

static const char *version(void) { return gnutls_check_version(NULL); }

// MARK: Transport

static ssize_t push(gnutls_transport_ptr_t pointer, const void *bytes, size_t count) {
  End *end = pointer;
  Queue *queue = end->outgoing;
  if (queue->start == queue->end) queue->start = queue->end = 0;
  if (queue->end + count > queue->room) {
    size_t room = (queue->end + count) * 2;
    uint8_t *larger = realloc(queue->bytes, room);
    if (!larger) {
      gnutls_transport_set_errno(end->session, ENOMEM);
      return -1;
    }
    queue->bytes = larger;
    queue->room = room;
  }
  memcpy(queue->bytes + queue->end, bytes, count);
  queue->end += count;
  return (ssize_t)count;
}

static ssize_t pull(gnutls_transport_ptr_t pointer, void *bytes, size_t count) {
  End *end = pointer;
  Queue *queue = end->incoming;
  size_t available = queue->end - queue->start;
  if (available == 0) {
    gnutls_transport_set_errno(end->session, EAGAIN);
    return -1;
  }
  if (count > available) count = available;
  memcpy(bytes, queue->bytes + queue->start, count);
  queue->start += count;
  return (ssize_t)count;
}

// MARK: Settings

/// The cipher and the MAC of a suite, as a priority string has them.
static const char *cipher_of(const char *suite) {
  static const char *const ciphers[][2] = {
      {"AES128-GCM", "+AES-128-GCM:+AEAD"},   {"AES256-GCM", "+AES-256-GCM:+AEAD"},
      {"CHACHA20", "+CHACHA20-POLY1305:+AEAD"}, {"AES128-CCM8", "+AES-128-CCM-8:+AEAD"},
      {"AES256-CCM8", "+AES-256-CCM-8:+AEAD"}, {"AES128-CCM", "+AES-128-CCM:+AEAD"},
      {"AES256-CCM", "+AES-256-CCM:+AEAD"},   {"AES128-SHA256", "+AES-128-CBC:+SHA256"},
  };
  for (size_t i = 0; i < sizeof ciphers / sizeof *ciphers; i++)
    if (strstr(suite, ciphers[i][0])) return ciphers[i][1];
  return NULL;
}

static void setup_free(PeerSetup *base) {
  Setup *setup = (Setup *)base;
  if (setup->client) gnutls_certificate_free_credentials(setup->client);
  if (setup->server) gnutls_certificate_free_credentials(setup->server);
  if (setup->priorities) gnutls_priority_deinit(setup->priorities);
  gnutls_free(setup->ticket_key.data);
  gnutls_free(setup->session.data);
  free(setup);
}

static gnutls_datum_t datum(const char *text) {
  return (gnutls_datum_t){(void *)text, (unsigned)strlen(text)};
}

static bool trust(gnutls_certificate_credentials_t client, const char *roots) {
  gnutls_datum_t pem = datum(roots);
  return gnutls_certificate_set_x509_trust_mem(client, &pem, GNUTLS_X509_FMT_PEM) == 1;
}

/// The groups, as their library numbers them and as a priority string has them.
static const struct {
  gnutls_group_t number;
  const char *name;
} groups[] = {
    [PEER_X25519] = {GNUTLS_GROUP_X25519, "X25519"},
    [PEER_X448] = {GNUTLS_GROUP_X448, "X448"},
    [PEER_P256] = {GNUTLS_GROUP_SECP256R1, "SECP256R1"},
    [PEER_P384] = {GNUTLS_GROUP_SECP384R1, "SECP384R1"},
    [PEER_P521] = {GNUTLS_GROUP_SECP521R1, "SECP521R1"},
    [PEER_FFDHE2048] = {GNUTLS_GROUP_FFDHE2048, "FFDHE2048"},
    [PEER_FFDHE3072] = {GNUTLS_GROUP_FFDHE3072, "FFDHE3072"},
};

static bool configure(Setup *setup, const PeerSettings *settings) {
  char priorities[256];
  const char *cipher = cipher_of(settings->suite);
  if (!cipher) return false;
  snprintf(
      priorities, sizeof priorities,
      "NONE:+VERS-TLS1.2:+COMP-NULL:+CTYPE-X509:+SIGN-ALL:+GROUP-%s:+GROUP-SECP256R1:"
      "+GROUP-SECP384R1:%s:%s",
      groups[settings->group].name,
      strncmp(settings->suite, "DHE", 3) == 0 ? "+DHE-RSA" : "+ECDHE-ECDSA:+ECDHE-RSA", cipher);
  gnutls_datum_t certificates = datum(settings->certificates), key = datum(settings->key);
  return gnutls_certificate_allocate_credentials(&setup->client) >= 0 &&
         gnutls_certificate_allocate_credentials(&setup->server) >= 0 &&
         gnutls_certificate_set_x509_key_mem(
             setup->server, &certificates, &key, GNUTLS_X509_FMT_PEM) >= 0 &&
         gnutls_priority_init(&setup->priorities, priorities, NULL) >= 0 &&
         gnutls_session_ticket_key_generate(&setup->ticket_key) >= 0 &&
         (!settings->roots || trust(setup->client, settings->roots));
}

static PeerSetup *setup(const PeerSettings *settings) {
  Setup *setup = calloc(1, sizeof *setup);
  if (!setup) return NULL;
  if (configure(setup, settings)) return &setup->base;
  setup_free(&setup->base);
  return NULL;
}

// MARK: Connections

static bool end_make(
    End *end, unsigned flags, Setup *setup, gnutls_certificate_credentials_t credentials) {
  if (gnutls_init(&end->session, flags | GNUTLS_NONBLOCK) < 0) return false;
  gnutls_transport_set_ptr(end->session, end);
  gnutls_transport_set_push_function(end->session, push);
  gnutls_transport_set_pull_function(end->session, pull);
  return gnutls_priority_set(end->session, setup->priorities) >= 0 &&
         gnutls_credentials_set(end->session, GNUTLS_CRD_CERTIFICATE, credentials) >= 0;
}

static void end_free(End *end) {
  if (end->session) gnutls_deinit(end->session);
  end->session = NULL;
}

static void pair_free_client(PeerPair *base) { end_free(&((Pair *)base)->client); }

static void rest(PeerPair *base) {
  Pair *pair = (Pair *)base;
  free(pair->up.bytes);
  free(pair->down.bytes);
  pair->up = pair->down = (Queue){0};
}

static void pair_free(PeerPair *base) {
  Pair *pair = (Pair *)base;
  end_free(&pair->client);
  end_free(&pair->server);
  rest(base);
  free(pair);
}

static PeerPair *pair(PeerSetup *base, bool resumes) {
  Setup *setup = (Setup *)base;
  Pair *pair = calloc(1, sizeof *pair);
  if (!pair) return NULL;
  pair->setup = setup;
  pair->client.outgoing = pair->server.incoming = &pair->up;
  pair->client.incoming = pair->server.outgoing = &pair->down;
  if (!end_make(&pair->client, GNUTLS_CLIENT, setup, setup->client) ||
      !end_make(&pair->server, GNUTLS_SERVER, setup, setup->server) ||
      gnutls_session_ticket_enable_server(pair->server.session, &setup->ticket_key) < 0 ||
      gnutls_server_name_set(pair->client.session, GNUTLS_NAME_DNS, "bench.test", 10) < 0 ||
      (resumes && gnutls_session_set_data(
                      pair->client.session, setup->session.data, setup->session.size) < 0)) {
    pair_free(&pair->base);
    return NULL;
  }
  // Without this, it takes any chain.
  if (base->judges) gnutls_session_set_verify_cert(pair->client.session, "bench.test", 0);
  return &pair->base;
}

static bool connect_both(PeerPair *base) {
  Pair *pair = (Pair *)base;
  int client = GNUTLS_E_AGAIN, server = GNUTLS_E_AGAIN;
  for (int turn = 0; turn < 4; turn++) {
    if (client != 0) client = gnutls_handshake(pair->client.session);
    if (client != 0 && client != GNUTLS_E_AGAIN) return false;
    if (server != 0) server = gnutls_handshake(pair->server.session);
    if (server != 0 && server != GNUTLS_E_AGAIN) return false;
    if (client == 0 && server == 0) return true;
  }
  return false;
}

static bool is_resumed(PeerPair *base) {
  Pair *pair = (Pair *)base;
  return gnutls_session_is_resumed(pair->client.session) &&
         gnutls_session_is_resumed(pair->server.session);
}

static bool has_group(PeerPair *base) {
  Pair *pair = (Pair *)base;
  return gnutls_group_get(pair->client.session) == groups[pair->setup->base.group].number;
}

static bool remember(PeerPair *base) {
  Pair *pair = (Pair *)base;
  gnutls_free(pair->setup->session.data);
  return gnutls_session_get_data2(pair->client.session, &pair->setup->session) >= 0;
}

// MARK: Records

static bool seal(PeerPair *base, size_t times) {
  Pair *pair = (Pair *)base;
  for (size_t i = 0; i < times; i++)
    for (size_t done = 0; done < base->length;) {
      ssize_t count = gnutls_record_send(
          pair->client.session, base->plaintext + done, base->length - done);
      if (count <= 0) return false;
      done += (size_t)count;
    }
  return true;
}

static bool open_all(PeerPair *base, size_t times) {
  Pair *pair = (Pair *)base;
  for (size_t left = times * base->length; left > 0;) {
    ssize_t count = gnutls_record_recv(pair->server.session, base->received, base->length);
    if (count <= 0) return false;
    left -= (size_t)count;
  }
  return true;
}

const PeerFunctions gnutls_functions = {
    version, setup,      setup_free, pair, pair_free, pair_free_client, connect_both,
    is_resumed, has_group, remember, rest, seal, open_all,
};
