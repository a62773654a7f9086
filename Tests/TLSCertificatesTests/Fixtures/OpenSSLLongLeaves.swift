// Made by OpenSSL 3.0.19 (27 January 2026) on 25 November 2026 for an authority "CN=Middle" that has the
// key `OpenSSLKeys.rsaPKCS8`, in rsa.key:
//
//   openssl req -config ca.cnf -x509 -new -key rsa.key -subj /CN=Middle -days 9000
//     -addext subjectKeyIdentifier=(that of the authority) -out ca.pem
//   openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key
//   openssl req -config ca.cnf -new -key leaf.key -subj /CN=Leaf -out leaf.csr
//   openssl ca -batch -notext -config ca.cnf -extensions leaf -cert ca.pem -keyfile rsa.key
//     -startdate 20200101000000Z -enddate 20491231235959Z -in leaf.csr -out NAME.pem and
//       -md sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 (pss)
//       -md sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:64 (pssLongSalt)
//       -md sha1 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 (pssSHA1)
//       -md sha1 (sha1), -md md5 (md5)
//
// where ca.cnf has of extensions:
//
//   [leaf]
//   basicConstraints=critical,CA:FALSE
//   keyUsage=critical,digitalSignature
//   extendedKeyUsage=serverAuth
//   authorityKeyIdentifier=keyid
//   subjectAltName=DNS:example.com

/// Leaves that are valid as long as those of all cases, and signed as the builder does not.
enum OpenSSLLongLeaves {
  /// RSA-PSS with SHA-256 and a salt of 32 bytes.
  static let pss = """
    -----BEGIN CERTIFICATE-----
    MIICyDCCAXygAwIBAgICIAIwQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgEF
    AKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgEFAKIDAgEgMBExDzANBgNVBAMM
    Bk1pZGRsZTAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMA8xDTALBgNV
    BAMMBExlYWYwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQWHrILeu8mwQaa2N5B
    3S1f39GIxs2QtuWqF0U+7eraocg6UGIehuS2iFx3yg6opO/ZpYOVQrvPD3bRKqdj
    xc/Uo4GOMIGLMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQM
    MAoGCCsGAQUFBwMBMB8GA1UdIwQYMBaAFD9zSYFyCWTP3ncCVsNMLgVMbs2mMBYG
    A1UdEQQPMA2CC2V4YW1wbGUuY29tMB0GA1UdDgQWBBSTdmUw0yztt9NXKVzBUmH5
    MYaK2TBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZIhvcN
    AQEIMA0GCWCGSAFlAwQCAQUAogMCASADggEBAA/Hys6LY3gAvN9WrfTQBphQzrgy
    A/ZblR+zHy0csDUnYFUQ3xONRhinvBlNbyK44pAjTRJzLm3g3AbM5IW0i4dhVryL
    weBi365LIxddgLrmnR/LEXBwrJ3Iv1gLY5ESeUcLvFwn1PyHx+Zxc/qmTGdhYo6W
    61v5PZMNFQrKTps0jl+lvEIjq9hfTPnkZQ3m1X97G2KERpCXEFgI+8HhpWC1PheX
    qwk7TkbIN8beGjkIwFFxrCQ/pwGKXBq3METfxu05xxcphbf5BD4KiqOac0BNQcc1
    iDtG8xBbd6l+ib8CkTdoqDOua4/64q59TiDwAKAmMUHltxENlvuxaMBRrRY=
    -----END CERTIFICATE-----
    """

  /// RSA-PSS with SHA-256 and a salt of 64 bytes.
  static let pssLongSalt = """
    -----BEGIN CERTIFICATE-----
    MIICyDCCAXygAwIBAgICIAMwQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgEF
    AKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgEFAKIDAgFAMBExDzANBgNVBAMM
    Bk1pZGRsZTAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMA8xDTALBgNV
    BAMMBExlYWYwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQWHrILeu8mwQaa2N5B
    3S1f39GIxs2QtuWqF0U+7eraocg6UGIehuS2iFx3yg6opO/ZpYOVQrvPD3bRKqdj
    xc/Uo4GOMIGLMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQM
    MAoGCCsGAQUFBwMBMB8GA1UdIwQYMBaAFD9zSYFyCWTP3ncCVsNMLgVMbs2mMBYG
    A1UdEQQPMA2CC2V4YW1wbGUuY29tMB0GA1UdDgQWBBSTdmUw0yztt9NXKVzBUmH5
    MYaK2TBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZIhvcN
    AQEIMA0GCWCGSAFlAwQCAQUAogMCAUADggEBAFaoAXMWgQ05kJK6J3IAk0djFZdd
    taLrTMXJx3dN5+B/lIVbYid5OPhUCvo9zxFBrKMU89R78QWzZ8xbOgW3pJWmT3qD
    lHdMK2sc82XVVfY6M6yJLtawvo3pngWqej8GnAZgz/YD9ONZAgv1/D005pw4BdF4
    yEXPjgXWK3qNQ6oGhp4VOEZEDoF8nZiHrRonQhjYknEBkrAtC1ZYEQDA6VjPOW8m
    8Rnge7bIwD8QGEQELMv16nrMPEWY4YONo6n4CAtpAmd2OI4XeJEQq9LjZiP8Bsbd
    XsJJnvE6MC8u7U1LEch84E+dC4/gUMAl0fnj/n/vsJJPdPlXopshFA+gO9o=
    -----END CERTIFICATE-----
    """

  /// RSA-PSS with SHA-1.
  static let pssSHA1 = """
    -----BEGIN CERTIFICATE-----
    MIICYDCCAUigAwIBAgICIAQwDQYJKoZIhvcNAQEKMAAwETEPMA0GA1UEAwwGTWlk
    ZGxlMB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowDzENMAsGA1UEAwwE
    TGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBYesgt67ybBBprY3kHdLV/f
    0YjGzZC25aoXRT7t6tqhyDpQYh6G5LaIXHfKDqik79mlg5VCu88PdtEqp2PFz9Sj
    gY4wgYswDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYI
    KwYBBQUHAwEwHwYDVR0jBBgwFoAUP3NJgXIJZM/edwJWw0wuBUxuzaYwFgYDVR0R
    BA8wDYILZXhhbXBsZS5jb20wHQYDVR0OBBYEFJN2ZTDTLO2301cpXMFSYfkxhorZ
    MA0GCSqGSIb3DQEBCjAAA4IBAQAZbi3a6F2fzRzXfP9WHebcoIF1DtxycykqW9LL
    a+EjYZzWaaNavrQ48wNFeckJDt9OoKE7BToUpPeJ1CW+JJnQSuUBiYguDUwzA4k3
    5/wCi7mRSBQPV31/MnUlGftOhzjAGx2CoaQ5FFArlRvAuUoZ4Ff4HA6kcDhsqKi/
    HstKB/C+chx+3/arEqIx4pHCONZYFyceSvYkxvVEBzSjwdREXyGyXxs1OFStw1I7
    9IekaZybOIav+u6i1pNAoA8bX4jZT5xRWGW7pTe+dPlf21FlU7EhNnv6qsFLqCr/
    e1btvLhYCzaeGnMHnev0xcAK3dCMwS2RxqQFy6jTUAafylh8
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with SHA-1.
  static let sha1 = """
    -----BEGIN CERTIFICATE-----
    MIICYDCCAUigAwIBAgICIAUwDQYJKoZIhvcNAQEFBQAwETEPMA0GA1UEAwwGTWlk
    ZGxlMB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowDzENMAsGA1UEAwwE
    TGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBYesgt67ybBBprY3kHdLV/f
    0YjGzZC25aoXRT7t6tqhyDpQYh6G5LaIXHfKDqik79mlg5VCu88PdtEqp2PFz9Sj
    gY4wgYswDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYI
    KwYBBQUHAwEwHwYDVR0jBBgwFoAUP3NJgXIJZM/edwJWw0wuBUxuzaYwFgYDVR0R
    BA8wDYILZXhhbXBsZS5jb20wHQYDVR0OBBYEFJN2ZTDTLO2301cpXMFSYfkxhorZ
    MA0GCSqGSIb3DQEBBQUAA4IBAQCNCQr6EWf9LPU71Mx83CF1OglzcQ47XEufJc9U
    xHLiLAXVWHd6FcLjp+BqZtZ+zcZA6P1L+aJYzxJAXC3Q2uXXkf95U3CZ3ekqonR7
    xWSzOLxyAeq64U4UeMJeTeU3YN2496bfhaMvBrdK5Z2QNA6at/n0RtoFUOKhI315
    xkek9a9eb8MbYyD4KZgbOrOrmu/tGRqPpUBbmE0Re3J+Eqd4jQUg2ZenHrvctWLG
    qpGgyXx2AfR4FxXVcb0FuLN5nJvzEdck8q1YQb0uoVi9NQewij0tCRdu00cmKsvE
    17lXyGj6VLxvZGOgYMkDVgLS0hu7eb7a64Uin2hzDyYUT/Bs
    -----END CERTIFICATE-----
    """

  /// RSA PKCS#1 with MD5.
  static let md5 = """
    -----BEGIN CERTIFICATE-----
    MIICYDCCAUigAwIBAgICIAYwDQYJKoZIhvcNAQEEBQAwETEPMA0GA1UEAwwGTWlk
    ZGxlMB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowDzENMAsGA1UEAwwE
    TGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBYesgt67ybBBprY3kHdLV/f
    0YjGzZC25aoXRT7t6tqhyDpQYh6G5LaIXHfKDqik79mlg5VCu88PdtEqp2PFz9Sj
    gY4wgYswDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYI
    KwYBBQUHAwEwHwYDVR0jBBgwFoAUP3NJgXIJZM/edwJWw0wuBUxuzaYwFgYDVR0R
    BA8wDYILZXhhbXBsZS5jb20wHQYDVR0OBBYEFJN2ZTDTLO2301cpXMFSYfkxhorZ
    MA0GCSqGSIb3DQEBBAUAA4IBAQB8u7L+yVBfT7yIYYH62guRLKirPwYAv9HX0ivf
    uW6Rm0ga8/rKNoo8p6EcQnDAAGqmcJbxZMm7mYRYPbWqUBJGyLg9tSuMtcwtQ7ry
    Lp/T1+8txtmGBqrBRBGlQL6s2gTy4P1rn/Fvi+zNAwEEcXkrhssHakGr6y33eFrv
    HnvPZNUNVKcjnBWECQzDbLT96DdQWBC9dj/S6yR2bQyqgVgvR9zYhor/IeVAK5A3
    DgTRbpCCdhOHWX4UNYr5orrM8zvkN2+GstE1+Kmy6OI+i5nVhFZgpLAA/20Id55h
    Wa5jjEiakn9QHhU9tR5wuExhmPcxF+WmoXIiECp2i/REi8v5
    -----END CERTIFICATE-----
    """
}
