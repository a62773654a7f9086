extension CipherSuite {
  /// The suites that a string stands for: the name of a ``Preset``, or a cipher string in OpenSSL's
  /// language, as Python's `set_ciphers`, nginx's `ssl_ciphers` and curl's `--ciphers` take it.
  ///
  /// ```swift
  /// configuration.cipherSuites = try CipherSuite.selection("ECDHE+AESGCM:CHACHA20:!aNULL:@STRENGTH")
  /// ```
  ///
  /// A cipher string is a list of patterns, with `:`, `,`, `;` or spaces between them. A pattern is
  /// the name of a suite (OpenSSL's or the IANA registry's), or a word for a kind of suites such as
  /// `ECDHE`, `aRSA`, `AES256` or `SHA384`, or several with `+` between them for what is all of them
  /// at once.
  ///
  /// | | |
  /// |---|---|
  /// | `PATTERN` | adds what it selects to the end |
  /// | `+PATTERN` | moves what is there already to the end |
  /// | `-PATTERN` | takes away what is there; a later pattern may add it again |
  /// | `!PATTERN` | takes away, for good |
  /// | `DEFAULT` | first of all: OpenSSL's own default |
  /// | `@STRENGTH` | sorts what is there by the length of the key |
  /// | `@SECLEVEL=n` | of the result, only what has 0, 80, 112, 128, 192 or 256 bits, for n of 0 to 5 |
  ///
  /// The meaning is OpenSSL 3.0's, the order included: `ALL` begins with AES-256. What it differs in:
  /// - A name that OpenSSL knows, or knew, for what this engine never speaks (`RC4`, `aNULL`,
  ///   `AES128-SHA`) selects nothing. A word that nobody knows is an error.
  /// - `@SECLEVEL` concerns suites alone. Keys and groups have lists of their own, which hold nothing
  ///   of less than 112 bits at any level.
  /// - Suites with a pre-shared key are selected only where a pattern asks for them: by `PSK`, `aPSK`,
  ///   `kECDHEPSK` or a name. OpenSSL has them in `ALL` and passes over them when there is no key.
  ///
  /// - Throws: ``CipherStringError`` where the string cannot be read, or selects nothing.
  public static func selection(_ string: String) throws(CipherStringError) -> [CipherSuite] {
    if let preset = Preset(rawValue: string) { return preset.cipherSuites }
    var selection = CipherSelection()
    for rule in try CipherStringParser.rules(in: string) { selection.apply(rule) }
    guard !selection.cipherSuites.isEmpty else { throw .selectsNothing(string) }
    return selection.cipherSuites
  }
}
