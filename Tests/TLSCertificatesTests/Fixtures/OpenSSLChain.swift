// Made by OpenSSL 3.0.19 (27 January 2026) on 24 November 2026:
//
//   openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out root.key
//   openssl req -x509 -new -key root.key -out root.pem -days 36500
//     -subj "/C=DE/O=Fixture Authority/CN=Fixture Root"
//     -addext keyUsage=critical,keyCertSign,cRLSign
//   openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
//   openssl req -new -key rsa.key -subj "/C=DE/O=Fixture Authority/CN=Fixture Issuing" -out i.csr
//   openssl x509 -req -in i.csr -CA root.pem -CAkey root.key -set_serial 0x1001 -days 36000
//     -extfile ext.cnf -extensions issuing -out issuing.pem
//   openssl req -new -key KEY -subj "/C=DE/O=Fixture Authority/CN=NAME" -out l.csr
//   openssl x509 -req -in l.csr -CA issuing.pem -CAkey rsa.key -set_serial 0x2002 -days 3650
//     -extfile ext.cnf -extensions leaf -out NAME.pem -sha256 (or -sha384, -sha512)
//
// where ext.cnf holds:
//
//   [issuing]
//   basicConstraints=critical,CA:TRUE,pathlen:0
//   keyUsage=critical,keyCertSign,cRLSign
//   extendedKeyUsage=serverAuth,clientAuth
//   subjectKeyIdentifier=hash
//   authorityKeyIdentifier=keyid
//   nameConstraints=critical,permitted;DNS:example.com,permitted;DNS:example.org,
//     permitted;IP:192.0.2.0/255.255.255.0,permitted;IP:2001:db8::/ffff:ffff::,
//     permitted;email:example.com,permitted;URI:example.com,permitted;dirName:org,
//     excluded;DNS:secret.example.com
//   certificatePolicies=2.5.29.32.0
//   [org]
//   C=DE
//   [leaf]
//   basicConstraints=critical,CA:FALSE
//   keyUsage=critical,digitalSignature,keyEncipherment
//   extendedKeyUsage=serverAuth,clientAuth,1.2.3.4
//   subjectKeyIdentifier=hash
//   authorityKeyIdentifier=keyid,issuer
//   subjectAltName=DNS:example.com,DNS:*.example.org,IP:192.0.2.1,IP:2001:db8::1

/// A chain of OpenSSL's, with leaves of every kind of key.
enum OpenSSLChain {
  /// P-256, self-signed with ECDSA and SHA-256, without a path length.
  static let root = """
    -----BEGIN CERTIFICATE-----
    MIIB5jCCAY2gAwIBAgIUflcbbNtlsqmNRwuZfjtiD3tRbvAwCgYIKoZIzj0EAwIw
    QDELMAkGA1UEBhMCREUxGjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRUwEwYD
    VQQDDAxGaXh0dXJlIFJvb3QwIBcNMjYxMTI0MTk1MjE5WhgPMjEyNjEwMzExOTUy
    MTlaMEAxCzAJBgNVBAYTAkRFMRowGAYDVQQKDBFGaXh0dXJlIEF1dGhvcml0eTEV
    MBMGA1UEAwwMRml4dHVyZSBSb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
    eWo7x1jVa9+wE6/0UWcfzsOZoGscXUhf1Bf841qu3o2SHB/5WeIsnD5AZo3J8wtQ
    3hr8yS94R7lYKTpudMQq/6NjMGEwHQYDVR0OBBYEFDRieyUgzEDSOEk3UuZ0bxAD
    muSGMB8GA1UdIwQYMBaAFDRieyUgzEDSOEk3UuZ0bxADmuSGMA8GA1UdEwEB/wQF
    MAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0cAMEQCIFd89CjTwZsw
    e/Ri6e0EbIqXfGmHKe2xzPtVaHNyhGIRAiBZdsXf3OTCyjapbvVm4BRVVpEsskC0
    Q8pinUbbsIcUQA==
    -----END CERTIFICATE-----
    """

  /// RSA 2048, issued by `root`: a path length of 0, purposes, name constraints, a policy.
  static let issuing = """
    -----BEGIN CERTIFICATE-----
    MIIDhzCCAyygAwIBAgICEAEwCgYIKoZIzj0EAwIwQDELMAkGA1UEBhMCREUxGjAY
    BgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRUwEwYDVQQDDAxGaXh0dXJlIFJvb3Qw
    IBcNMjYxMTI0MTk1MjE5WhgPMjEyNTA2MTgxOTUyMTlaMEMxCzAJBgNVBAYTAkRF
    MRowGAYDVQQKDBFGaXh0dXJlIEF1dGhvcml0eTEYMBYGA1UEAwwPRml4dHVyZSBJ
    c3N1aW5nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAloLxO4ke7/L0
    rmI7AwAe6AQu06dpDJzQRoOzu5c1gGKma5nysU5jqCcJWXpFGFVMW2KYwEYORVUv
    39hAmkE5bn1AoSkC24Plvkrf22RLR5YsJVHSU5yjUeL9sYlNbI8RDd8z90yfEC6E
    joH3NJN2tMYGlriGuKQcz7F3DqShS/3hXKQ8z9gla7DRsOQDMUT6dbiWMTyw1MNQ
    7+RcI0+tguPXWkyT3Ofam2HbpyEkhC9MHs1kNS3ayKRVdOWdImqhZ+IG1axRXQUk
    DSW6FPeLpxLswEGKRxdNKnT85JmSO3RjAt+OzWY4OQ1CMnicYr6An9knLA9UwX5i
    kCHbZORrhwIDAQABo4IBRDCCAUAwEgYDVR0TAQH/BAgwBgEB/wIBADAOBgNVHQ8B
    Af8EBAMCAQYwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMB0GA1UdDgQW
    BBQF/nFLWyBZflTywxmM9+DNjB0A0DAfBgNVHSMEGDAWgBQ0YnslIMxA0jhJN1Lm
    dG8QA5rkhjCBpwYDVR0eAQH/BIGcMIGZoH8wDYILZXhhbXBsZS5jb20wDYILZXhh
    bXBsZS5vcmcwCocIwAACAP///wAwIocgIAENuAAAAAAAAAAAAAAAAP////8AAAAA
    AAAAAAAAAAAwDYELZXhhbXBsZS5jb20wDYYLZXhhbXBsZS5jb20wEaQPMA0xCzAJ
    BgNVBAYTAkRFoRYwFIISc2VjcmV0LmV4YW1wbGUuY29tMBEGA1UdIAQKMAgwBgYE
    VR0gADAKBggqhkjOPQQDAgNJADBGAiEAgpuSv07Lecho3cKREkQbe54NlzE2e9nv
    a5JllLw+TEECIQCK+07oyGVCEVJ7mB0htYJwZXmg+iqQFRHk8uyH2kch8A==
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-256, issued by `issuing` as all leaves are.
  static let leafP256 = """
    -----BEGIN CERTIFICATE-----
    MIIC9TCCAd2gAwIBAgICIAIwDQYJKoZIhvcNAQELBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjE5WhcNMzYxMTIxMTk1MjE5WjA8MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxETAPBgNVBAMMCGxlYWZQ
    MjU2MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMorregmhFCI/55tQCxsETgPQ
    IrtwLzzDnsoZNpIY/Ktu6s7B5GWEtYt7KlbLwU24spAaQwTPayGjk6Y2SeL5jaOB
    xDCBwTAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIFoDAiBgNVHSUEGzAZBggr
    BgEFBQcDAQYIKwYBBQUHAwIGAyoDBDAdBgNVHQ4EFgQU1JheeXs/m8G7pO2mgmL+
    CI5ADO8wHwYDVR0jBBgwFoAUBf5xS1sgWX5U8sMZjPfgzYwdANAwPQYDVR0RBDYw
    NIILZXhhbXBsZS5jb22CDSouZXhhbXBsZS5vcmeHBMAAAgGHECABDbgAAAAAAAAA
    AAAAAAEwDQYJKoZIhvcNAQELBQADggEBAFR9to3pC1gS/RYeqUqOIx9Bs8pbTsEM
    FTtJ1QhfXb0TXJ0mjCj0s60LTe0G3OxK6O0UGIGghoX+tGIR+DX5CdfnM/UgUyDC
    mgR7N6yKK5IIggkC6sia6iwxM5gsiIR8xcGjqyzqQ9wn2Qc4g5/AjyOcekyaLgA2
    hXwyEq02mR1vZbjapm5v/V/eEjMvyIjPgsEVkPR88gb7HvuL1rpKoN28nuzyTmHA
    eCR9J/GN8bICOrIVhbTdEUsMadUsAxsXPjyTvU/sVXUvHkBun+b3AXKSaJnM34hJ
    o2PhZZHlj0q/J4UFY4tTPAkL9EWCYklutLxHcNQiOEzfySvWs+eP268=
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-384.
  static let leafP384 = """
    -----BEGIN CERTIFICATE-----
    MIIDEjCCAfqgAwIBAgICIAIwDQYJKoZIhvcNAQEMBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjE5WhcNMzYxMTIxMTk1MjE5WjA8MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxETAPBgNVBAMMCGxlYWZQ
    Mzg0MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEWxQuOfnZQErf6TYlLLd9kkTW7Sbr
    9GRazfUJItJU+aAbQvCgaKPExbE/O1870icTTN/PDZvNJjx0nxrb06lD1b1Lznob
    AMGDzZ9QRdIZmbejeTs60xsVaBkrdvcPd0Cmo4HEMIHBMAwGA1UdEwEB/wQCMAAw
    DgYDVR0PAQH/BAQDAgWgMCIGA1UdJQQbMBkGCCsGAQUFBwMBBggrBgEFBQcDAgYD
    KgMEMB0GA1UdDgQWBBQYEs/l9hMrEzEIDmE0AZCk8ffAhTAfBgNVHSMEGDAWgBQF
    /nFLWyBZflTywxmM9+DNjB0A0DA9BgNVHREENjA0ggtleGFtcGxlLmNvbYINKi5l
    eGFtcGxlLm9yZ4cEwAACAYcQIAENuAAAAAAAAAAAAAAAATANBgkqhkiG9w0BAQwF
    AAOCAQEAlULCyrS9tiUs6oFgMJ2PFiT7bo3Ymk0EA42KDdyzuqFsyMU/D7wVziHw
    E3U/eJe29DfrLeaAPh4Fg/pq5lUO/xbSqIJBEbjy7dkjSitxN4P9LHqLLLBdj72v
    HfJQnwXuVCVBIj+KuPh5CCeoVNxRjHjPq33ELCc32MW3KpyHGU+Pb5tWn4JIcx8G
    kJNWs20GgyPsFIOK4hEhSvjg2NejRMeuBT1dCs4vzP9axo+tSkSBGaci1eHuQKOl
    4P6Da7gTdBm5gx9hYYYmMLDDvNCI+cOLdKWYOPQ8hsnK0Vu97wCgAC1UpP1k9558
    FNfcXnLWtCMWx4gIVj5zsMaICWRjHQ==
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-512.
  static let leafP521 = """
    -----BEGIN CERTIFICATE-----
    MIIDODCCAiCgAwIBAgICIAIwDQYJKoZIhvcNAQENBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjE5WhcNMzYxMTIxMTk1MjE5WjA8MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxETAPBgNVBAMMCGxlYWZQ
    NTIxMIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQA+FqnjDKuin+6+TyIiG0c66Ue
    LVudKhGzDfiQfMVToVBFIhRlqsOqoJqN7n2KluqLyvZWgcyzZKAvyUCG04VaiQ4A
    fTU8DPHnUqZ8aJAOQi1Qc1VUWRQDLlbVSDdX4PbbM6djLY3aYYozl8Pli4zeaGhG
    2o8uZ1Z9pnav4W0jgjEz8f+jgcQwgcEwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8E
    BAMCBaAwIgYDVR0lBBswGQYIKwYBBQUHAwEGCCsGAQUFBwMCBgMqAwQwHQYDVR0O
    BBYEFCV4fVPdMhyO63ZU9h9dpkwYTNpNMB8GA1UdIwQYMBaAFAX+cUtbIFl+VPLD
    GYz34M2MHQDQMD0GA1UdEQQ2MDSCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUub3Jn
    hwTAAAIBhxAgAQ24AAAAAAAAAAAAAAABMA0GCSqGSIb3DQEBDQUAA4IBAQBBOjaK
    JhgEgfS8a/gtIqyGFsV/d+b46RNzdAC/ZqZdUyfjVSAskPuFauO7d2odXTCvB71u
    zZDD+u0mp60Z7GQZErdCPVwiumhkRxMgFXWzwoi4jvw6etW0tTW66V8t904gTtWe
    IpMe9D8ASMWpEqN/s6yDmHNgG0tb47AuREn9TJR5sH0fCcc8B4ov4k3xvm6GJf2E
    qIl+xf+0u705IfHO15NhpEKGJrJ6w/BCXjHwCzzopnIhczMMZhnNunZKjYbOjVbH
    QwmqGATOdqsbh9obxNNdik4RRU0igoeSotroXq+6CZIBycVn371BvV8I9Upas7dt
    TH3xIK225SknUv5A
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-256.
  static let leafEd25519 = """
    -----BEGIN CERTIFICATE-----
    MIICyTCCAbGgAwIBAgICIAIwDQYJKoZIhvcNAQELBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjE5WhcNMzYxMTIxMTk1MjE5WjA/MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxFDASBgNVBAMMC2xlYWZF
    ZDI1NTE5MCowBQYDK2VwAyEAuj12H621fHvNQPaIE7biq1jm1y73lj+x7LqgVNf+
    A4ujgcQwgcEwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAwIgYDVR0lBBsw
    GQYIKwYBBQUHAwEGCCsGAQUFBwMCBgMqAwQwHQYDVR0OBBYEFAOo0EwDUswypA1m
    XAHLTdGLbAASMB8GA1UdIwQYMBaAFAX+cUtbIFl+VPLDGYz34M2MHQDQMD0GA1Ud
    EQQ2MDSCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUub3JnhwTAAAIBhxAgAQ24AAAA
    AAAAAAAAAAABMA0GCSqGSIb3DQEBCwUAA4IBAQAbhEk9bin5f+dN1l8MR5ZLEhZZ
    NYH2PBarGfDU1C5oPDdDOexkT/Ka83AOfK9Me93hvZcsl6bzCwyWZ4i23GI6vdig
    HExGFSbSxlMCrhJwuJMWbSd38Z3vwGmoNPfhtKib6Sen8w4qlJhcZ4vl6Z5qZlWh
    eX6WrTqOTGoaaOaZIDOf9Nqa6rasEAI+uTDJawlsQPZ64q62yXAh3Ii8i8zeQvBt
    Zh3f8xZaqoLrk4Do3qDPvPgRZiWgBc2C8bUlqUhTqqMeJNxJIW082HIop8v7L853
    WUeIg13pGpN9ZWoo8vc6e24eqP5HuvNh+upOqDh2zNmjTqRN4NZP7UV2XC7J
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-256.
  static let leafRSA = """
    -----BEGIN CERTIFICATE-----
    MIIDvzCCAqegAwIBAgICIAIwDQYJKoZIhvcNAQELBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjE5WhcNMzYxMTIxMTk1MjE5WjA7MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxEDAOBgNVBAMMB2xlYWZS
    U0EwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCWgvE7iR7v8vSuYjsD
    AB7oBC7Tp2kMnNBGg7O7lzWAYqZrmfKxTmOoJwlZekUYVUxbYpjARg5FVS/f2ECa
    QTlufUChKQLbg+W+St/bZEtHliwlUdJTnKNR4v2xiU1sjxEN3zP3TJ8QLoSOgfc0
    k3a0xgaWuIa4pBzPsXcOpKFL/eFcpDzP2CVrsNGw5AMxRPp1uJYxPLDUw1Dv5Fwj
    T62C49daTJPc59qbYdunISSEL0wezWQ1LdrIpFV05Z0iaqFn4gbVrFFdBSQNJboU
    94unEuzAQYpHF00qdPzkmZI7dGMC347NZjg5DUIyeJxivoCf2ScsD1TBfmKQIdtk
    5GuHAgMBAAGjgcQwgcEwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBaAwIgYD
    VR0lBBswGQYIKwYBBQUHAwEGCCsGAQUFBwMCBgMqAwQwHQYDVR0OBBYEFAX+cUtb
    IFl+VPLDGYz34M2MHQDQMB8GA1UdIwQYMBaAFAX+cUtbIFl+VPLDGYz34M2MHQDQ
    MD0GA1UdEQQ2MDSCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUub3JnhwTAAAIBhxAg
    AQ24AAAAAAAAAAAAAAABMA0GCSqGSIb3DQEBCwUAA4IBAQAVa959DDVCga/+E+7t
    m4mpIJ8F4bP/0SH6Zsw3UJdyPh+VXW3lO2lLabFtdoW1TfaBvXJG5dTeL92P89xe
    BUGH9oT36k8tJKeYeWhQMVykmW+LNsEpE+z/V8eyAI/7NgKED5p0gRCc6r4LHOnn
    FCUQ2HVh1+KQddQcIzNDtofFY+z6SicMuQ1un7kZnkqzJsuThKcCinB5KDrP4m3w
    bBq/BxObvHYrygb4pL00HBC1DO8bu8TLjoZJf6UwEpkLl/AGGfy5zPKN7c+0vmq+
    z163ZBu1eNJLskkv5/rlr3sWK/xHk9Z0bf5FQQZDqmx1DW9FEPyRk0Pan0f/7tTG
    s7Nz
    -----END CERTIFICATE-----
    """
}
