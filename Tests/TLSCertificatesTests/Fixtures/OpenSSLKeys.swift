// Made by OpenSSL 3.0.19 (27 January 2026) on 24 November 2026; they protect nothing.
//
//   openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key (and 1024)
//   openssl rsa -in rsa.key -traditional
//   openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.key (and P-384, P-521)
//   openssl ec -in p256.key (and p384.key, p521.key)
//   openssl ec -in p256.key -no_public
//   openssl genpkey -algorithm ED25519
//   openssl ecparam -name prime256v1 -genkey
//   openssl pkcs8 -topk8 -in p256.key -passout pass:secret
//   openssl ec -in p256.key -aes128 -passout pass:secret
//   openssl ecparam -name secp256k1 -genkey -noout -out k1.sec1
//   openssl pkcs8 -topk8 -nocrypt -in k1.sec1
//   openssl genpkey -algorithm X25519
//   openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
//   openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_primes:3

/// Private keys as OpenSSL writes them.
enum OpenSSLKeys {
  /// RSA 2048.
  static let rsaPKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCWgvE7iR7v8vSu
    YjsDAB7oBC7Tp2kMnNBGg7O7lzWAYqZrmfKxTmOoJwlZekUYVUxbYpjARg5FVS/f
    2ECaQTlufUChKQLbg+W+St/bZEtHliwlUdJTnKNR4v2xiU1sjxEN3zP3TJ8QLoSO
    gfc0k3a0xgaWuIa4pBzPsXcOpKFL/eFcpDzP2CVrsNGw5AMxRPp1uJYxPLDUw1Dv
    5FwjT62C49daTJPc59qbYdunISSEL0wezWQ1LdrIpFV05Z0iaqFn4gbVrFFdBSQN
    JboU94unEuzAQYpHF00qdPzkmZI7dGMC347NZjg5DUIyeJxivoCf2ScsD1TBfmKQ
    Idtk5GuHAgMBAAECggEADVqd06klW3QqqgqhVYrq5kc+VMO1CgwjXVytedBL/2s0
    fJyJA2epZ0+oJs4dF+OAv4tYDGTK1FnFqLstQPwJ5lgEZkG9jqnW6WAHf5XLXHuI
    lcd6/U8knUA7peDBEIfOPNuLM7H5KCLjp1wE1mxB0bIC/wsG02NANfWqOULf5F5S
    lHPsLqeStO5jst2g11weVMnal0HtLBTvhjj9OM8I/GZ6OIiakRYMPZMI8kAjJa6D
    Q+Q3YnC/kqiHeSWouJl4gsn5J87w6/Z/vo38FBC55TEUsTYwlQEoEaVyRMvvT/np
    FBnqNK7iifZRpAZMv4bWq9Mx+Z3mw1uJqd1YL2ngSQKBgQDRenLu50BdNknp0Fyr
    B6C3TIl+xE6JzA9//YoSCIXqIbX3R2VVIoMZZVVgL5rmhzv4ZOkDMd14ZRKvs+xk
    jpwMBsPFJSzuY2NSwjnZzT2FmRedSRyI3vvia4lTsQYisvIEUlAXw3Z9lZkgOkDy
    oiB4Ex6BcjRN+ntOV5K0aoo2zwKBgQC38Aer5aLkQNFz3p8EXQovCT92HwwChKdi
    BQ3zQiQKGhrMOMzTJnFArNv9osWuB6eyT+mmZD2vjbp9RKnosGFjj5j14Zvw107p
    RX3dsrKAVAUUn+Dmwx3dss3Hk+fJDTDBfjvze9ihwdMq93eaj+lbsNCHSSCMowv/
    b50g4LMtyQKBgAILsBOlLnu6i/48iqsg5/DiTnVudVXjKEOXtkF209f1fFFt4Q9z
    xtP4qVzHGjwmFe/XDG97jS4fzo7osuZIfj2f00mZk1bAobetLeNynacwV4qxrBWq
    F8ueQTkQAX9VQAfKxf11azLOwzANYZT9AFQr26Bn/RrF125sbIJWiAMBAoGAdrNS
    8A6oeS6PPHw9GH7GVKZeKudMQ8/BiRMD9qkHQvGnu4UoQVc8nOUwrtS9R1qvUPYb
    LYLhAAqxf6exEnXI04xWxM6MaPc5eHadDFYGtaQDB1VJuQHPo0OBYrtDSE7X2PaS
    z8Vrfq/ri33Z1Ifsq3xGhheeBsQtuPEZcJ8xYmkCgYEAr79T/9hbqs1QEDw0MnaP
    jbddbEAW46SeStLTrZx8LOlHonnZQeHVmlZGotZL0rsNbErLSQEcERwBD4uvuGNf
    K1OqaMEXIcgPlfSi0qr8rRFJWA1f0iiwX6ouPD2NjlP44r0mX9qGPdiLboDHhhnA
    CP8B0xt8HWG3C03OGu/tK0o=
    -----END PRIVATE KEY-----
    """

  /// The same key.
  static let rsaPKCS1 = """
    -----BEGIN RSA PRIVATE KEY-----
    MIIEowIBAAKCAQEAloLxO4ke7/L0rmI7AwAe6AQu06dpDJzQRoOzu5c1gGKma5ny
    sU5jqCcJWXpFGFVMW2KYwEYORVUv39hAmkE5bn1AoSkC24Plvkrf22RLR5YsJVHS
    U5yjUeL9sYlNbI8RDd8z90yfEC6EjoH3NJN2tMYGlriGuKQcz7F3DqShS/3hXKQ8
    z9gla7DRsOQDMUT6dbiWMTyw1MNQ7+RcI0+tguPXWkyT3Ofam2HbpyEkhC9MHs1k
    NS3ayKRVdOWdImqhZ+IG1axRXQUkDSW6FPeLpxLswEGKRxdNKnT85JmSO3RjAt+O
    zWY4OQ1CMnicYr6An9knLA9UwX5ikCHbZORrhwIDAQABAoIBAA1andOpJVt0KqoK
    oVWK6uZHPlTDtQoMI11crXnQS/9rNHyciQNnqWdPqCbOHRfjgL+LWAxkytRZxai7
    LUD8CeZYBGZBvY6p1ulgB3+Vy1x7iJXHev1PJJ1AO6XgwRCHzjzbizOx+Sgi46dc
    BNZsQdGyAv8LBtNjQDX1qjlC3+ReUpRz7C6nkrTuY7LdoNdcHlTJ2pdB7SwU74Y4
    /TjPCPxmejiImpEWDD2TCPJAIyWug0PkN2Jwv5Koh3klqLiZeILJ+SfO8Ov2f76N
    /BQQueUxFLE2MJUBKBGlckTL70/56RQZ6jSu4on2UaQGTL+G1qvTMfmd5sNbiand
    WC9p4EkCgYEA0Xpy7udAXTZJ6dBcqwegt0yJfsROicwPf/2KEgiF6iG190dlVSKD
    GWVVYC+a5oc7+GTpAzHdeGUSr7PsZI6cDAbDxSUs7mNjUsI52c09hZkXnUkciN77
    4muJU7EGIrLyBFJQF8N2fZWZIDpA8qIgeBMegXI0Tfp7TleStGqKNs8CgYEAt/AH
    q+Wi5EDRc96fBF0KLwk/dh8MAoSnYgUN80IkChoazDjM0yZxQKzb/aLFrgensk/p
    pmQ9r426fUSp6LBhY4+Y9eGb8NdO6UV93bKygFQFFJ/g5sMd3bLNx5PnyQ0wwX47
    83vYocHTKvd3mo/pW7DQh0kgjKML/2+dIOCzLckCgYACC7ATpS57uov+PIqrIOfw
    4k51bnVV4yhDl7ZBdtPX9XxRbeEPc8bT+Klcxxo8JhXv1wxve40uH86O6LLmSH49
    n9NJmZNWwKG3rS3jcp2nMFeKsawVqhfLnkE5EAF/VUAHysX9dWsyzsMwDWGU/QBU
    K9ugZ/0axddubGyCVogDAQKBgHazUvAOqHkujzx8PRh+xlSmXirnTEPPwYkTA/ap
    B0Lxp7uFKEFXPJzlMK7UvUdar1D2Gy2C4QAKsX+nsRJ1yNOMVsTOjGj3OXh2nQxW
    BrWkAwdVSbkBz6NDgWK7Q0hO19j2ks/Fa36v64t92dSH7Kt8RoYXngbELbjxGXCf
    MWJpAoGBAK+/U//YW6rNUBA8NDJ2j423XWxAFuOknkrS062cfCzpR6J52UHh1ZpW
    RqLWS9K7DWxKy0kBHBEcAQ+Lr7hjXytTqmjBFyHID5X0otKq/K0RSVgNX9IosF+q
    Ljw9jY5T+OK9Jl/ahj3Yi26Ax4YZwAj/AdMbfB1htwtNzhrv7StK
    -----END RSA PRIVATE KEY-----
    """

  /// P-256.
  static let p256PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNTJb4gGoQCx+hY4Y
    EAMcMnD4AdeOeadOGu5+btI5UhahRANCAAQyiut6CaEUIj/nm1ALGwROA9Aiu3Av
    PMOeyhk2khj8q27qzsHkZYS1i3sqVsvBTbiykBpDBM9rIaOTpjZJ4vmN
    -----END PRIVATE KEY-----
    """

  /// The same key.
  static let p256SEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIDUyW+IBqEAsfoWOGBADHDJw+AHXjnmnThrufm7SOVIWoAoGCCqGSM49
    AwEHoUQDQgAEMorregmhFCI/55tQCxsETgPQIrtwLzzDnsoZNpIY/Ktu6s7B5GWE
    tYt7KlbLwU24spAaQwTPayGjk6Y2SeL5jQ==
    -----END EC PRIVATE KEY-----
    """

  /// The same key, without the public half.
  static let p256SEC1WithoutPublicKey = """
    -----BEGIN EC PRIVATE KEY-----
    MDECAQEEIDUyW+IBqEAsfoWOGBADHDJw+AHXjnmnThrufm7SOVIWoAoGCCqGSM49
    AwEH
    -----END EC PRIVATE KEY-----
    """

  /// P-384.
  static let p384PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDDdgfKmiwH+F6SQwDMn
    L+HyRW/ntfkrlfVqnM/fHFyJSwhzPUeh0/ReQTApSDjCKrmhZANiAARbFC45+dlA
    St/pNiUst32SRNbtJuv0ZFrN9Qki0lT5oBtC8KBoo8TFsT87XzvSJxNM388Nm80m
    PHSfGtvTqUPVvUvOehsAwYPNn1BF0hmZt6N5OzrTGxVoGSt29w93QKY=
    -----END PRIVATE KEY-----
    """

  /// The same key.
  static let p384SEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    MIGkAgEBBDDdgfKmiwH+F6SQwDMnL+HyRW/ntfkrlfVqnM/fHFyJSwhzPUeh0/Re
    QTApSDjCKrmgBwYFK4EEACKhZANiAARbFC45+dlASt/pNiUst32SRNbtJuv0ZFrN
    9Qki0lT5oBtC8KBoo8TFsT87XzvSJxNM388Nm80mPHSfGtvTqUPVvUvOehsAwYPN
    n1BF0hmZt6N5OzrTGxVoGSt29w93QKY=
    -----END EC PRIVATE KEY-----
    """

  /// P-521.
  static let p521PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIAKBxtwX1m/2lRv30N
    i+v5XZg9vgsJzbQ757JZRAz6+ywRra+/dZCwkWd3cl19BiT+zwDiCOOlAL837Q0h
    52bw7POhgYkDgYYABAD4WqeMMq6Kf7r5PIiIbRzrpR4tW50qEbMN+JB8xVOhUEUi
    FGWqw6qgmo3ufYqW6ovK9laBzLNkoC/JQIbThVqJDgB9NTwM8edSpnxokA5CLVBz
    VVRZFAMuVtVIN1fg9tszp2MtjdphijOXw+WLjN5oaEbajy5nVn2mdq/hbSOCMTPx
    /w==
    -----END PRIVATE KEY-----
    """

  /// The same key.
  static let p521SEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    MIHcAgEBBEIAKBxtwX1m/2lRv30Ni+v5XZg9vgsJzbQ757JZRAz6+ywRra+/dZCw
    kWd3cl19BiT+zwDiCOOlAL837Q0h52bw7POgBwYFK4EEACOhgYkDgYYABAD4WqeM
    Mq6Kf7r5PIiIbRzrpR4tW50qEbMN+JB8xVOhUEUiFGWqw6qgmo3ufYqW6ovK9laB
    zLNkoC/JQIbThVqJDgB9NTwM8edSpnxokA5CLVBzVVRZFAMuVtVIN1fg9tszp2Mt
    jdphijOXw+WLjN5oaEbajy5nVn2mdq/hbSOCMTPx/w==
    -----END EC PRIVATE KEY-----
    """

  /// Ed25519.
  static let ed25519PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIHWAcYz/V7pbanvpIoGYSIbKt9NeBxohc/KX7UyeSOLt
    -----END PRIVATE KEY-----
    """

  /// P-256, with a block for the curve before it.
  static let withParameters = """
    -----BEGIN EC PARAMETERS-----
    BggqhkjOPQMBBw==
    -----END EC PARAMETERS-----
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIM0/S9Uw2hs/1ry3CSPSuzPriYENJKPuD3hsBvDqrKDQoAoGCCqGSM49
    AwEHoUQDQgAEeubSgqWk1Rm+91gQtr737wV7/wPltwk5+0bfaMdyhR0Sc/c48Whn
    WhLoMfzvlwwIUj0+IegmQucn7PX+FixeHA==
    -----END EC PRIVATE KEY-----
    """

  /// Encrypted as PKCS#8.
  static let encryptedPKCS8 = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAghudLaQuNKJQICCAAw
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJt0XZJ2KwoCB5IrJZogv+oEgZDb
    ze3P+0Oz9/uaRs5egA8i7Pja74t1YylZ1AF4LaqVchAO1mtvTzqeBzB3Buqj/Bu/
    3E19nZNWAKEbADpCNVpN012wQOoY/anUZWPWQ3dFyL3kXRQDDu20qlab1C8RVu+g
    9rFvQEWhHkWbhFOkR3WvZ5OF6cjkGJfiv0TJUXegR3iNG+LGpSRm15YJegs2ijc=
    -----END ENCRYPTED PRIVATE KEY-----
    """

  /// Encrypted as PEM once was.
  static let encryptedSEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    Proc-Type: 4,ENCRYPTED
    DEK-Info: AES-128-CBC,3834662C4F57077154A49DBE39D1F104

    LknKBHrlhlGtH+QXoH4GTl4Rcd33Qqpu/92z1rcHMOc5L0ckYikULx8EeU2TYk0f
    Ed8sN96JHqoBUuI6/v0fGXct1dbMRv/8cWfjTOW9Y0yNbqnPPAg6Gxm6j9+ox9y6
    3i3bzHGtTFSlDzL2+V3QD+OilLF8BJyv1baUVKZBFUw=
    -----END EC PRIVATE KEY-----
    """

  /// A curve that TLS 1.2 servers do not use.
  static let secp256k1PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQg3TuMPHQpYIZSBu11Gtv2
    Ar6RmMw/nQuIbSlNYFUmMMGhRANCAATv2U47kJxehCpwiVKsnaqY9l7u6g1xWjvQ
    4ev+sC2Ptaj07xpf6RQbo9Iy/R6fURJdZLfYQEIP+Vo3zxMIUJQY
    -----END PRIVATE KEY-----
    """

  /// The same key.
  static let secp256k1SEC1 = """
    -----BEGIN EC PRIVATE KEY-----
    MHQCAQEEIN07jDx0KWCGUgbtdRrb9gK+kZjMP50LiG0pTWBVJjDBoAcGBSuBBAAK
    oUQDQgAE79lOO5CcXoQqcIlSrJ2qmPZe7uoNcVo70OHr/rAtj7Wo9O8aX+kUG6PS
    Mv0en1ESXWS32EBCD/laN88TCFCUGA==
    -----END EC PRIVATE KEY-----
    """

  /// A key that signs nothing.
  static let x25519 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VuBCIEIKiu0Y3D1PeyHWNSA0G6yNrn6VmQiwKZShOpg3hj0Ixo
    -----END PRIVATE KEY-----
    """

  /// P-256 written out by its numbers.
  static let explicitCurve = """
    -----BEGIN PRIVATE KEY-----
    MIIBeQIBADCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAAB
    AAAAAAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA
    ///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMV
    AMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg
    9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8A
    AAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBBG0wawIBAQQgQTbrSX8yZLTM
    MprdieFBOSbpLHQnov8ARlRXQM/BRDChRANCAATzpk28q7zn3/uCn2UtpeUFsmPz
    VKdaaMsCZMyVNffrlZt2/B1QqCiys6iVLxhMiMUKVGZoI84u6SlDj20liDOl
    -----END PRIVATE KEY-----
    """

  /// RSA of three primes.
  static let threePrimes = """
    -----BEGIN PRIVATE KEY-----
    MIIClwIBADANBgkqhkiG9w0BAQEFAASCAoEwggJ9AgEBAoGBAKKRpQAsD0y+qxWF
    14Ry0QYGo1MOVnE+fHJXCP5CIoker3Fanr/8nZ9toyZFunRbP0pBnIp8Xt0yDIIk
    N9gFlNxHOd0/mB/v7WW6WkqncOVpxDU4K67b7G6fmxGYbCGTZiLXXjzyVgozACyu
    O0YD27t5Sr4EGoAcSuU9Jj4FZTqxAgMBAAECgYBLpRew9896t3HmRuwcvkxS0H3o
    5NAGS7wefC88GEv3n+alCTS7QvGZQKvV/rK1OoBew4KFMhi7viWx/wHllW4byRg1
    2xO1u1XsO720Vksm2UOyfQboQ6QDYSMuYmDn3mAQ0YiLklihrfipz+zUkYi7WkMy
    Wcr7ufgrOyDTj7gzUQIrNuHO0KlAuPljFfCfR5uATuO1hJnOMw1ezMPc9YZnD62A
    D00HgCwextumSwIrHR1R/JTHva8bFJcto4mqt8kZjgrImZyfGB9rMuRBr28cwJsX
    HVSoyBxVVQIrHxOiPnl4ksV0nBnSt4OQFhvOzzUgk7wAcEaAOe9PMIt4NjHSC3vw
    OX5rHQIrAetp+W5R0RbXgT8KekrcX6u5rJzXZxFlh/CiX8Oe9RMtYSGYn41yZ2c+
    1QIrCpHa4pvzwUhM9S0FVLZCiyIvWc+Xt0FghU7Udl8fqxs8A5JhueUBnntIKDCB
    ijCBhwIrGgu3z1aczGEHO+i2jkJf3tzy8BOjUHDWxeIlNFuXqpDWL8awdhrUl0Zf
    pwIrBZfin1ogThvAK/Nr0N0cLYYRfdEZz1qMJO7NwpKw3WZBOP1YQ+S7JslsHQIr
    Bzgy3AZHdSPBU5saslRB07DMEp9tvQv0WTpcRI3gE2x0L4eKmBVs39G9wA==
    -----END PRIVATE KEY-----
    """

  /// RSA 1024.
  static let rsa1024PKCS8 = """
    -----BEGIN PRIVATE KEY-----
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAMFL8ej0g2OCsYwk
    WMlZL9qHvVNPPf31UgjQFMZl2qMXo7Q+bFXOOIyHC/SVaywnCrQ+JK0ZMTHVMd6G
    P3imxGjVTEqgVHoKxvx8iIIGA8eSZbWYb8JYgi8oyIu9Ptt8zw0tESZIGlaOPN/V
    Y7fOMNNk9mpps/YomMCC1If5CFWhAgMBAAECgYA/W04yZhq+vjLF1ZAIhyQpQ76p
    lNqj6An4e4Ojt/Te6jutM5y8zzg3z3f6thMHyNA4XfoVhqFaTR/oaSZavIa5psXv
    2IlGqiGlqh6K0OwxXIvI02wGIcCTNbtulJHf7VmadisrtBB4lpXGgK91Az9ZeXVQ
    i8BF2BwSWFCL00xkJQJBAP15/xdk459FXIvyxO/mQfsM9lWhY80xKujsTlT+Rujs
    7NAqA1GLvPTlORA6TWkgT0Gg4xKn4pr9d/ZT4FD1OrcCQQDDOJNeNc2a5gg+nkjE
    FkXJuGF0rsT3R9o8kDz6akMMHNuvXU/mt3IIPg01I6CWU8IQTenQSUD3WgSH8H/C
    MfpnAkAvKZ3fGnSH0/4ORBOEl5E7RwQmlqrdKQLU5/MDOXS0LjE54jdP2vJDlsrx
    TAfPQaW9jlPxyq8NK5BAkwavyZEtAkAdTu4Y87zlZ2mPdRX5klpx2WOQL/jUIw5p
    j0IIWlGsjNySbFDlk17kS+SRuMKQLwzwg7H5mjXNrM8HVZzom7Y7AkEAmoN8rQIB
    al9ePalt/D9SGNRYBdt3yHG/jKmBLcFcj7nULitfldPNCtsr20pz1dEgT5VQ0tLC
    gvciSpFijOsEXA==
    -----END PRIVATE KEY-----
    """

  /// An Ed25519 key of version 2 with an attribute and its public key: RFC 8410 section 10.3.
  static let ed25519VersionTwo = """
    -----BEGIN PRIVATE KEY-----
    MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
    Z9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PRIVATE KEY-----
    """
}
