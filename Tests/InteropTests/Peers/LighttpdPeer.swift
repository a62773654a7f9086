import TLSEngine

/// mbed TLS 2.28 and wolfSSL 5.5, as servers, through lighttpd's modules.
///
/// - Both take `ssl.openssl.ssl-conf-cmd`. mbed TLS's suites are `Ciphersuites` by the registry's
///   names with hyphens, and it leaves out a name that it does not know with a line in its log;
///   wolfSSL's are `CipherString` by OpenSSL's names, with `CCM-8` for `CCM8`.
/// - `Groups`: mbed TLS takes a list. wolfSSL's module can only fix a single curve, and without it
///   takes what the client likes best.
/// - `DHParameters` is heeded by mbed TLS, which knows nothing of RFC 7919. wolfSSL, without it, takes
///   ffdhe2048 or ffdhe3072 as the client likes; of other parameters it takes those of up to 4096 bits,
///   after a second of checking them.
/// - Where a client asks for a stapled response, wolfSSL wants to know the certificate's issuer, from
///   `ssl.ca-file`, or else ends the handshake with an error.
/// - The certificate_types of wolfSSL's CertificateRequest name only the kind of the server's own key.
/// - wolfSSL keeps sessions only with the feature flag `ssl.session-cache`.
struct LighttpdPeer: InteropPeer {
  /// Which of lighttpd's modules.
  enum Module: String, Sendable {
    case mbedtls
    case wolfssl
  }

  let module: Module

  var name: String { module == .mbedtls ? "mbed TLS" : "wolfSSL" }
  let serverProgram = "lighttpd"
  let clientProgram: String? = nil

  func lack(_ feature: Feature, as role: PeerRole) -> Lack? {
    switch feature {
    case .suite(let suite): lack(SuiteName(suite))
    case .group(.ffdhe6144) where module == .wolfssl, .group(.ffdhe8192) where module == .wolfssl:
      Lack(
        "Debian's wolfSSL takes parameters of at most 4096 bits, and instead of others ffdhe2048")
    case .signature(let scheme) where module == .mbedtls: Self.lackOfMbedTLS(scheme)
    case .clientCertificate(.ed25519) where module == .mbedtls: Lack("mbed TLS has no Ed25519")
    case .nextProtocol: Lack("neither mbed TLS nor wolfSSL has NPN")
    case .certificateStatus where module == .mbedtls: Lack("mbed TLS 2.28 has no OCSP")
    case .certificateStatus:
      Lack(
        "lighttpd's wolfSSL module takes the request and ssl.stapling-file, and sends no response")
    case .certificateTimestamps: Lack("neither mbed TLS nor wolfSSL sends SCTs")
    case .recordSizeLimit: Lack("neither mbed TLS 2.28 nor wolfSSL 5.5 has record_size_limit")
    case .resumptionByID where module == .mbedtls: Lack("lighttpd's mbed TLS module has no cache")
    case .exporter: Lack("lighttpd has no setting for keying material")
    case .fallbackSignal where module == .wolfssl:
      Lack(
        "wolfSSL minds TLS 1.3 for the signal even where MaxProtocol is TLS 1.2: "
          + "inappropriate_fallback for OpenSSL's client too")
    default: nil
    }
  }

  private func needsParameters(of group: NamedGroup) -> Bool {
    module == .mbedtls ? group.isFiniteField : group == .ffdhe4096
  }

  private func lack(_ suite: SuiteName) -> Lack? {
    if suite.isPSK { return Lack("lighttpd has no setting for a pre-shared key") }
    guard module == .wolfssl, suite.isCCM else { return nil }
    if suite.isDHE { return Lack("Debian's wolfSSL has no DHE suites with CCM") }
    return suite.cipher == "AES_256_CCM" ? Lack("Debian's wolfSSL lacks this one") : nil
  }

  private static func lackOfMbedTLS(_ scheme: SignatureScheme) -> Lack? {
    switch scheme {
    case .ed25519: Lack("mbed TLS has no Ed25519: lighttpd refuses the key")
    case .rsaPSSRSAESHA256, .rsaPSSRSAESHA384, .rsaPSSRSAESHA512:
      Lack("mbed TLS 2.28 has no RSASSA-PSS in TLS 1.2")
    default: nil
    }
  }

  func server(for feature: Feature, _ authority: Authority) throws -> Launch {
    var commands = [
      "MinProtocol": "TLSv1.2", "MaxProtocol": "TLSv1.2",
      suitesCommand: suites.joined(separator: ":"),
    ]
    if module == .mbedtls { commands["Groups"] = "x25519:secp256r1:secp384r1:secp521r1:x448" }
    if case .group(let group) = feature, needsParameters(of: group) {
      commands["DHParameters"] = "{folder}/" + (try authority.parameters(of: group))
    }
    var launch = Launch(
      program: "lighttpd",
      package: "lighttpd lighttpd-mod-mbedtls lighttpd-mod-wolfssl",
      arguments: ["-D", "-f", "{file}"], talk: .page,
      file: configuration(feature.identity, commands))
    if case .clientCertificate = feature {
      launch.file? += """
        ssl.verifyclient.activate = "enable"
        ssl.verifyclient.enforce = "enable"
        ssl.verifyclient.ca-file = "{folder}/ca.pem"

        """
    }
    if feature == .serverName {
      launch.file? += """
        $HTTP["host"] == "\(launch.serverName)" {
          ssl.pemfile = "{folder}/ecdsa.pem"
          ssl.privkey = "{folder}/ecdsa.key"
        }

        """
      launch.presents = .ecdsa
    }
    return launch
  }

  func client(for feature: Feature, _ authority: Authority) throws -> Launch {
    throw Lack("lighttpd is a server")
  }

  private var suitesCommand: String { module == .mbedtls ? "Ciphersuites" : "CipherString" }

  private var suites: [String] {
    CipherSuite.supported.filter { lack(SuiteName($0)) == nil }.map {
      module == .mbedtls
        ? SuiteName.mbedTLS($0) : SuiteName($0).openssl.replacing("CCM8", with: "CCM-8")
    }
  }

  private func configuration(
    _ kind: Authority.Kind, _ commands: [String: String]
  ) -> String {
    let list = commands.sorted { $0.key < $1.key }.map { "\"\($0)\" => \"\($1)\"" }
    return """
      server.modules = ("mod_\(module)")
      server.bind = "127.0.0.1"
      server.port = {port}
      server.document-root = "{folder}"
      index-file.names = ("page")
      server.feature-flags = ("ssl.session-cache" => "enable")
      ssl.engine = "enable"
      ssl.pemfile = "{folder}/\(kind).pem"
      ssl.privkey = "{folder}/\(kind).key"
      ssl.ca-file = "{folder}/ca.pem"
      ssl.openssl.ssl-conf-cmd = (\(list.joined(separator: ", ")))

      """
  }
}
