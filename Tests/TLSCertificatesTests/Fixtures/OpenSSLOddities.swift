// Made by OpenSSL 3.0.19 (27 January 2026) on 24 November 2026: `sanKinds` and `criticalUnknown` as
// the leaves of `OpenSSLChain`, with the sections `kinds` and `critical` of an ext.cnf that holds
//
//   [org]
//   C=DE
//   [kinds]
//   basicConstraints=critical,CA:FALSE
//   subjectAltName=DNS:Example.COM,IP:192.0.2.1,IP:2001:db8::1,email:someone@example.com,
//     URI:https://example.com/,RID:1.2.3.4,dirName:org,otherName:1.2.3.4;UTF8:other
//   [critical]
//   subjectAltName=DNS:example.com
//   1.2.3.4.5=critical,ASN1:UTF8String:not understood
//
// and the others by
//
//   openssl req -new -key p256.key -subj "/CN=Version One" -out v1.csr
//   openssl x509 -req -in v1.csr -signkey p256.key -set_serial 1 -days 3650 -out versionOne.pem
//   openssl req -x509 -new -key p384.key -days 3650 -subj "/CN=Self p384" -sha512
//     (and p521.key, ed25519.key)
//   openssl req -x509 -new -key root.key -utf8 -days 3650 -set_serial 5 -multivalue-rdn -subj
//     "/DC=org/DC=example/C=DE/ST=Bayern/L=München/O=Müller \/ Söhne, \"GmbH\"/OU=A+CN=both
//     /street=Gasse 1/emailAddress=a@example.org/serialNumber=7/2.5.4.97=X"

/// Certificates of OpenSSL's that have something of their own.
enum OpenSSLOddities {
  /// A subjectAltName of every kind but x400Address and ediPartyName.
  static let sanKinds = """
    -----BEGIN CERTIFICATE-----
    MIIDAzCCAeugAwIBAgICIAIwDQYJKoZIhvcNAQELBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjIwWhcNMzYxMTIxMTk1MjIwWjA8MQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxETAPBgNVBAMMCHNhbktp
    bmRzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMorregmhFCI/55tQCxsETgPQ
    IrtwLzzDnsoZNpIY/Ktu6s7B5GWEtYt7KlbLwU24spAaQwTPayGjk6Y2SeL5jaOB
    0jCBzzAMBgNVHRMBAf8EAjAAMH8GA1UdEQR4MHaCC0V4YW1wbGUuQ09NhwTAAAIB
    hxAgAQ24AAAAAAAAAAAAAAABgRNzb21lb25lQGV4YW1wbGUuY29thhRodHRwczov
    L2V4YW1wbGUuY29tL4gDKgMEpA8wDTELMAkGA1UEBhMCREWgDgYDKgMEoAcMBW90
    aGVyMB0GA1UdDgQWBBTUmF55ez+bwbuk7aaCYv4IjkAM7zAfBgNVHSMEGDAWgBQF
    /nFLWyBZflTywxmM9+DNjB0A0DANBgkqhkiG9w0BAQsFAAOCAQEAeFebBAhrv5hO
    dNj8ijY7CBA7BWPvKXjANmhlaNEU5zfwzFOAyL54HTZmjtHgQOnpI8qf6gVYwR4a
    qhGa0llMjt6cQYSmEzqDZ0MBGmLCHpZvvHsR7zV2asDjqVZG3rRhsGB7ULVCBasS
    CWhLNkUs22xnwdMsWN+9R3npe0evg8F3B5KKHiFjuQ9xQcSl1EXwzwA1ft+EDmED
    0W9t+pAJbRjWaG1O9gWYmkYpmQBOCh6hHCxVQsjElJw+aNfDPJOHpjyMpKfDhycm
    spW0ySjVDEu9W7n2FustMTc6wfxN1+qOzbh8JiuxEYsME5emSl8HpQRk5c/osqva
    lvBj1kW2zA==
    -----END CERTIFICATE-----
    """

  /// The critical extension 1.2.3.4.5.
  static let criticalUnknown = """
    -----BEGIN CERTIFICATE-----
    MIICrjCCAZagAwIBAgICIAIwDQYJKoZIhvcNAQELBQAwQzELMAkGA1UEBhMCREUx
    GjAYBgNVBAoMEUZpeHR1cmUgQXV0aG9yaXR5MRgwFgYDVQQDDA9GaXh0dXJlIElz
    c3VpbmcwHhcNMjYxMTI0MTk1MjIwWhcNMzYxMTIxMTk1MjIwWjBDMQswCQYDVQQG
    EwJERTEaMBgGA1UECgwRRml4dHVyZSBBdXRob3JpdHkxGDAWBgNVBAMMD2NyaXRp
    Y2FsVW5rbm93bjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDKK63oJoRQiP+eb
    UAsbBE4D0CK7cC88w57KGTaSGPyrburOweRlhLWLeypWy8FNuLKQGkMEz2sho5Om
    Nkni+Y2jdzB1MBYGA1UdEQQPMA2CC2V4YW1wbGUuY29tMBsGBCoDBAUBAf8EEAwO
    bm90IHVuZGVyc3Rvb2QwHQYDVR0OBBYEFNSYXnl7P5vBu6TtpoJi/giOQAzvMB8G
    A1UdIwQYMBaAFAX+cUtbIFl+VPLDGYz34M2MHQDQMA0GCSqGSIb3DQEBCwUAA4IB
    AQBEcmz01uk7o2fWSbtvUv97LX5pSesN4DEtlucgz3PRZ/QWJLHfYoi0y0ZAQNzA
    OseifHT57fWLEGzEzIZmSe0y+lPfT/EngrvILMrutNEhBhstYIQXpyzf2WEF/Ozu
    h6SJe34rE1YbALfmwp59lCPG3kgajecolpgmlEaOkINoLNeEm3hPQXak7UJ4jz2L
    mbeE3+/NwcGV9VNVoTvgeX0FPXoQg06u4Ec0hlLKBx/9mFuY6js/eo87aNg/TRXY
    jolUg2v2Vm+F1E98fTy/mBE47s+pJhFqHVPaq5KkGt+3NwVd0dusbs7BpcDRMO9H
    KKV5PGXvwjpscpTN75X6gnMq
    -----END CERTIFICATE-----
    """

  /// Version 1, self-signed.
  static let versionOne = """
    -----BEGIN CERTIFICATE-----
    MIIBEzCBugIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtWZXJzaW9uIE9uZTAe
    Fw0yNjExMjQxOTUyMjBaFw0zNjExMjExOTUyMjBaMBYxFDASBgNVBAMMC1ZlcnNp
    b24gT25lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMorregmhFCI/55tQCxsE
    TgPQIrtwLzzDnsoZNpIY/Ktu6s7B5GWEtYt7KlbLwU24spAaQwTPayGjk6Y2SeL5
    jTAKBggqhkjOPQQDAgNIADBFAiBEw7QvTDzIqah05wmnjUabtG2Yji8x5tXKNtab
    TQ2NiwIhAOVOHoqwhFWA5lGCQ5uJnHMdwdqkn2skTFi/ECKa0r3W
    -----END CERTIFICATE-----
    """

  /// P-384, self-signed with ECDSA and SHA-512.
  static let selfP384 = """
    -----BEGIN CERTIFICATE-----
    MIIBuzCCAUCgAwIBAgIUHALwHrXzBF31AWre2jqrfKgmdmMwCgYIKoZIzj0EAwQw
    FDESMBAGA1UEAwwJU2VsZiBwMzg0MB4XDTI2MTEyNDE5NTIyMFoXDTM2MTEyMTE5
    NTIyMFowFDESMBAGA1UEAwwJU2VsZiBwMzg0MHYwEAYHKoZIzj0CAQYFK4EEACID
    YgAEWxQuOfnZQErf6TYlLLd9kkTW7Sbr9GRazfUJItJU+aAbQvCgaKPExbE/O187
    0icTTN/PDZvNJjx0nxrb06lD1b1LznobAMGDzZ9QRdIZmbejeTs60xsVaBkrdvcP
    d0Cmo1MwUTAdBgNVHQ4EFgQUGBLP5fYTKxMxCA5hNAGQpPH3wIUwHwYDVR0jBBgw
    FoAUGBLP5fYTKxMxCA5hNAGQpPH3wIUwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjO
    PQQDBANpADBmAjEA3uBdQDZQVDDT6LRgCQVKwipcrH241N48H/l2W0vjrvxNQx5y
    2r2+5iPyDcSYIMiVAjEAiTmEzJmBHwPdCimSbF4kCbn9E8XjUO84C80lyw+jqPoZ
    G8Xv8F2cy052ZPCTztzq
    -----END CERTIFICATE-----
    """

  /// P-521, self-signed with ECDSA and SHA-512.
  static let selfP521 = """
    -----BEGIN CERTIFICATE-----
    MIICBDCCAWagAwIBAgIUAKWPc7Luxa+6HI2xuMIiFdPLZTAwCgYIKoZIzj0EAwQw
    FDESMBAGA1UEAwwJU2VsZiBwNTIxMB4XDTI2MTEyNDE5NTIyMFoXDTM2MTEyMTE5
    NTIyMFowFDESMBAGA1UEAwwJU2VsZiBwNTIxMIGbMBAGByqGSM49AgEGBSuBBAAj
    A4GGAAQA+FqnjDKuin+6+TyIiG0c66UeLVudKhGzDfiQfMVToVBFIhRlqsOqoJqN
    7n2KluqLyvZWgcyzZKAvyUCG04VaiQ4AfTU8DPHnUqZ8aJAOQi1Qc1VUWRQDLlbV
    SDdX4PbbM6djLY3aYYozl8Pli4zeaGhG2o8uZ1Z9pnav4W0jgjEz8f+jUzBRMB0G
    A1UdDgQWBBQleH1T3TIcjut2VPYfXaZMGEzaTTAfBgNVHSMEGDAWgBQleH1T3TIc
    jut2VPYfXaZMGEzaTTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMEA4GLADCB
    hwJCAPhfasBwCWJWL5r1ya4uQYhQBIDtd5taC2gFLDSIt/uHO8n3mTtroYcQPSO4
    gUql6wW5F2ar/V4JWqZw67TCp3lhAkEj0p4dr5zx0V5QdfnoTwt+vbiMIgWqM214
    /4g2B1OLdOmwHA0BHd3vjBI9Qv6FYSIRliJc5E0FFNfgxKIiKo1uLA==
    -----END CERTIFICATE-----
    """

  /// Ed25519, self-signed.
  static let selfEd25519 = """
    -----BEGIN CERTIFICATE-----
    MIIBQjCB9aADAgECAhRMIDzf23cplO9w09xWb7Yp19gF6TAFBgMrZXAwFzEVMBMG
    A1UEAwwMU2VsZiBlZDI1NTE5MB4XDTI2MTEyNDE5NTIyMFoXDTM2MTEyMTE5NTIy
    MFowFzEVMBMGA1UEAwwMU2VsZiBlZDI1NTE5MCowBQYDK2VwAyEAuj12H621fHvN
    QPaIE7biq1jm1y73lj+x7LqgVNf+A4ujUzBRMB0GA1UdDgQWBBQDqNBMA1LMMqQN
    ZlwBy03Ri2wAEjAfBgNVHSMEGDAWgBQDqNBMA1LMMqQNZlwBy03Ri2wAEjAPBgNV
    HRMBAf8EBTADAQH/MAUGAytlcANBAJ/8W7cUonPO2XAl6Orc86GXTCySkKyteWFQ
    RtntsrtYNOtNucS+YrfvYy82VHxEzhArMOFHfvBiMhx9gZVD7AA=
    -----END CERTIFICATE-----
    """

  /// A subject with every attribute that has a short name, one that has none, and two in one.
  static let names = """
    -----BEGIN CERTIFICATE-----
    MIIDCjCCArCgAwIBAgIBBTAKBggqhkjOPQQDAjCB4zETMBEGCgmSJomT8ixkARkW
    A29yZzEXMBUGCgmSJomT8ixkARkWB2V4YW1wbGUxCzAJBgNVBAYTAkRFMQ8wDQYD
    VQQIDAZCYXllcm4xETAPBgNVBAcMCE3DvG5jaGVuMSEwHwYDVQQKDBhNw7xsbGVy
    IC8gU8O2aG5lLCAiR21iSCIxFzAIBgNVBAsMAUEwCwYDVQQDDARib3RoMRAwDgYD
    VQQJDAdHYXNzZSAxMRwwGgYJKoZIhvcNAQkBFg1hQGV4YW1wbGUub3JnMQowCAYD
    VQQFEwE3MQowCAYDVQRhDAFYMB4XDTI2MTEyNDE5NTIyMFoXDTM2MTEyMTE5NTIy
    MFowgeMxEzARBgoJkiaJk/IsZAEZFgNvcmcxFzAVBgoJkiaJk/IsZAEZFgdleGFt
    cGxlMQswCQYDVQQGEwJERTEPMA0GA1UECAwGQmF5ZXJuMREwDwYDVQQHDAhNw7xu
    Y2hlbjEhMB8GA1UECgwYTcO8bGxlciAvIFPDtmhuZSwgIkdtYkgiMRcwCAYDVQQL
    DAFBMAsGA1UEAwwEYm90aDEQMA4GA1UECQwHR2Fzc2UgMTEcMBoGCSqGSIb3DQEJ
    ARYNYUBleGFtcGxlLm9yZzEKMAgGA1UEBRMBNzEKMAgGA1UEYQwBWDBZMBMGByqG
    SM49AgEGCCqGSM49AwEHA0IABHlqO8dY1WvfsBOv9FFnH87DmaBrHF1IX9QX/ONa
    rt6Nkhwf+VniLJw+QGaNyfMLUN4a/MkveEe5WCk6bnTEKv+jUzBRMB0GA1UdDgQW
    BBQ0YnslIMxA0jhJN1LmdG8QA5rkhjAfBgNVHSMEGDAWgBQ0YnslIMxA0jhJN1Lm
    dG8QA5rkhjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIB4bTnU1
    MCn+Gjt/59qtM2VfoStJa+zIS2RggFbrvDXDAiEAyAUUKzKkQXJTr/gvj8nqe8RV
    QTnYVV2g1Idby7NnzuI=
    -----END CERTIFICATE-----
    """
}
