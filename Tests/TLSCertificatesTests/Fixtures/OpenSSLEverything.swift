// Made by OpenSSL 3.0.19 (27 January 2026) on 25 November 2026, by
//
//   openssl ecparam -name prime256v1 -genkey -noout -out new.key
//   openssl req -x509 -new -key new.key -subj "/C=DE/O=Example/CN=Everything" -days 3650
//     -set_serial 0x1234 -config ext.cnf -extensions all
//
// with an ext.cnf that holds
//
//   [all]
//   basicConstraints=critical,CA:TRUE,pathlen:3
//   keyUsage=critical,keyCertSign,cRLSign,decipherOnly,keyAgreement
//   extendedKeyUsage=serverAuth,OCSPSigning,1.2.3.4
//   subjectKeyIdentifier=hash
//   authorityKeyIdentifier=keyid:always,issuer:always
//   subjectAltName=DNS:example.com
//   issuerAltName=email:ca@example.com,URI:https://ca.example.com/
//   certificatePolicies=1.2.3.5,@policy
//   policyMappings=1.2.3.5:1.2.3.6,1.2.3.7:1.2.3.8
//   policyConstraints=critical,requireExplicitPolicy:3,inhibitPolicyMapping:0
//   inhibitAnyPolicy=critical,2
//   nameConstraints=critical,permitted;URI:.example.com,excluded;IP:192.0.2.0/255.255.255.0
//   crlDistributionPoints=one,two,three
//   freshestCRL=URI:http://crl.example.com/delta.crl
//   authorityInfoAccess=OCSP;URI:http://ocsp.example.com/,
//     caIssuers;URI:http://ca.example.com/ca.der,OCSP;email:ocsp@example.com
//   subjectInfoAccess=caRepository;URI:http://ca.example.com/
//   tlsfeature=status_request,17
//   noCheck=ignored
//   1.3.6.1.4.1.11129.2.4.2=ASN1:FORMAT:HEX,OCTETSTRING:
//     003f003700000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f000001
//     8bcfe5687b00000403000830060201010201020004016e6577
//   [policy]
//   policyIdentifier=1.2.3.7
//   CPS.1=https://ca.example.com/cps
//   userNotice.1=@notice
//   [notice]
//   explicitText=UTF8:Not for you
//   organization=Example
//   noticeNumbers=1,22
//   [one]
//   fullname=URI:http://crl.example.com/1.crl,URI:ldap://crl.example.com/cn=1
//   [two]
//   relativename=relative
//   CRLissuer=dirName:crlissuer
//   reasons=keyCompromise,CACompromise
//   [three]
//   CRLissuer=dirName:crlissuer
//   [relative]
//   CN=List 2
//   [crlissuer]
//   C=DE
//   O=Lists

/// A certificate of OpenSSL's with every extension that is read.
enum OpenSSLEverything {
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIFZTCCBQugAwIBAgICEjQwCgYIKoZIzj0EAwIwNDELMAkGA1UEBhMCREUxEDAO
    BgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCkV2ZXJ5dGhpbmcwHhcNMjYxMTI1MDEy
    NzQ5WhcNMzYxMTIyMDEyNzQ5WjA0MQswCQYDVQQGEwJERTEQMA4GA1UECgwHRXhh
    bXBsZTETMBEGA1UEAwwKRXZlcnl0aGluZzBZMBMGByqGSM49AgEGCCqGSM49AwEH
    A0IABN2tvG4UhVQfRB+XhUWLexj7B8YPGlKH4CEjLD6Dhgg2R/nETvJM7cDcidD1
    D8Q6PFLUYSPtHDJpqLQBGjrAV2GjggQLMIIEBzASBgNVHRMBAf8ECDAGAQH/AgED
    MA8GA1UdDwEB/wQFAwMHDoAwIgYDVR0lBBswGQYIKwYBBQUHAwEGCCsGAQUFBwMJ
    BgMqAwQwHQYDVR0OBBYEFF6RI97TQVKn344gsD80nv+T+B97MF0GA1UdIwRWMFSA
    FF6RI97TQVKn344gsD80nv+T+B97oTikNjA0MQswCQYDVQQGEwJERTEQMA4GA1UE
    CgwHRXhhbXBsZTETMBEGA1UEAwwKRXZlcnl0aGluZ4ICEjQwFgYDVR0RBA8wDYIL
    ZXhhbXBsZS5jb20wMgYDVR0SBCswKYEOY2FAZXhhbXBsZS5jb22GF2h0dHBzOi8v
    Y2EuZXhhbXBsZS5jb20vMG8GA1UdIARoMGYwBQYDKgMFMF0GAyoDBzBWMCYGCCsG
    AQUFBwIBFhpodHRwczovL2NhLmV4YW1wbGUuY29tL2NwczAsBggrBgEFBQcCAjAg
    MBEaB0V4YW1wbGUwBgIBAQIBFgwLTm90IGZvciB5b3UwIQYDVR0hBBowGDAKBgMq
    AwUGAyoDBjAKBgMqAwcGAyoDCDASBgNVHSQBAf8ECDAGgAEDgQEAMA0GA1UdNgEB
    /wQDAgECMCwGA1UdHgEB/wQiMCCgEDAOhgwuZXhhbXBsZS5jb22hDDAKhwjAAAIA
    ////ADCBrQYDVR0fBIGlMIGiMD+gPaA7hhxodHRwOi8vY3JsLmV4YW1wbGUuY29t
    LzEuY3JshhtsZGFwOi8vY3JsLmV4YW1wbGUuY29tL2NuPTEwOqARoQ8wDQYDVQQD
    DAZMaXN0IDKBAgVgoiGkHzAdMQswCQYDVQQGEwJERTEOMAwGA1UECgwFTGlzdHMw
    I6IhpB8wHTELMAkGA1UEBhMCREUxDjAMBgNVBAoMBUxpc3RzMDEGA1UdLgQqMCgw
    JqAkoCKGIGh0dHA6Ly9jcmwuZXhhbXBsZS5jb20vZGVsdGEuY3JsMHwGCCsGAQUF
    BwEBBHAwbjAkBggrBgEFBQcwAYYYaHR0cDovL29jc3AuZXhhbXBsZS5jb20vMCgG
    CCsGAQUFBzAChhxodHRwOi8vY2EuZXhhbXBsZS5jb20vY2EuZGVyMBwGCCsGAQUF
    BzABgRBvY3NwQGV4YW1wbGUuY29tMDIGCCsGAQUFBwELBCYwJDAiBggrBgEFBQcw
    BYYWaHR0cDovL2NhLmV4YW1wbGUuY29tLzAUBggrBgEFBQcBGAQIMAYCAQUCAREw
    DwYJKwYBBQUHMAEFBAIFADBRBgorBgEEAdZ5AgQCBEMEQQA/ADcAAAECAwQFBgcI
    CQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAAGLz+VoewAABAMACDAGAgEBAgECAAQB
    bmV3MAoGCCqGSM49BAMCA0gAMEUCIQDJ1mRwBCmy+gW8iF2Rfg6uEnoXub3n7YJU
    rZ4w1QauCAIgPZfd0mNC2fnAk7+9iwsrbj0Phj/Sb5FHBK7cPqs0lBY=
    -----END CERTIFICATE-----
    """
}
