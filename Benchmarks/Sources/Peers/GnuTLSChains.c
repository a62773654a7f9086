// GnuTLS, reading and judging certificates.

#include "Library.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>

typedef struct {
  PeerChain base;
  gnutls_x509_trust_list_t roots;
  /// The leaf, for checks of names.
  gnutls_x509_crt_t parsed;
} Chain;

static gnutls_x509_crt_t read_der(PeerDER der) {
  gnutls_datum_t datum = {(void *)der.bytes, (unsigned)der.length};
  gnutls_x509_crt_t certificate;
  if (gnutls_x509_crt_init(&certificate) < 0) return NULL;
  if (gnutls_x509_crt_import(certificate, &datum, GNUTLS_X509_FMT_DER) >= 0) return certificate;
  gnutls_x509_crt_deinit(certificate);
  return NULL;
}

static void certificate_free(gnutls_x509_crt_t certificate) {
  if (certificate) gnutls_x509_crt_deinit(certificate);
}

static void chain_free(PeerChain *base) {
  Chain *chain = (Chain *)base;
  if (chain->roots) gnutls_x509_trust_list_deinit(chain->roots, 1);
  certificate_free(chain->parsed);
  free(chain);
}

static PeerChain *make(PeerDER leaf, PeerDER authority, PeerDER root) {
  (void)authority;
  Chain *chain = calloc(1, sizeof *chain);
  if (!chain) return NULL;
  chain->parsed = read_der(leaf);
  gnutls_x509_crt_t anchor = read_der(root);
  // The list owns what it took.
  if (chain->parsed && anchor && gnutls_x509_trust_list_init(&chain->roots, 0) >= 0 &&
      gnutls_x509_trust_list_add_cas(chain->roots, &anchor, 1, 0) == 1)
    return &chain->base;
  certificate_free(anchor);
  chain_free(&chain->base);
  return NULL;
}

static bool judge(PeerChain *chain) {
  gnutls_x509_crt_t certificates[2] = {read_der(chain->leaf), read_der(chain->authority)};
  gnutls_typed_vdata_st wanted[] = {
      {GNUTLS_DT_DNS_HOSTNAME, (void *)chain->name, 0},
      {GNUTLS_DT_KEY_PURPOSE_OID, (void *)GNUTLS_KP_TLS_WWW_SERVER, 0},
  };
  unsigned status = ~0u;
  bool done = certificates[0] && certificates[1] &&
              gnutls_x509_trust_list_verify_crt2(
                  ((Chain *)chain)->roots, certificates, 2, wanted, 2, 0, &status, NULL) >= 0 &&
              status == 0;
  certificate_free(certificates[0]);
  certificate_free(certificates[1]);
  return done;
}

static bool read_leaf(PeerChain *chain) {
  gnutls_x509_crt_t leaf = read_der(chain->leaf);
  certificate_free(leaf);
  return leaf != NULL;
}

static bool matches(PeerChain *chain, const char *name, bool is_address) {
  // One call for both: it sees by itself what is an address.
  (void)is_address;
  return gnutls_x509_crt_check_hostname(((Chain *)chain)->parsed, name) != 0;
}

static int load_roots(const char *path) {
  gnutls_x509_trust_list_t roots;
  if (gnutls_x509_trust_list_init(&roots, 0) < 0) return -1;
  int count = gnutls_x509_trust_list_add_trust_file(roots, path, NULL, GNUTLS_X509_FMT_PEM, 0, 0);
  gnutls_x509_trust_list_deinit(roots, 1);
  return count;
}

const PeerChainFunctions gnutls_chain_functions = {
    make, chain_free, judge, read_leaf, matches, load_roots,
};
