extension NamedGroup {
  /// The group of this name, if the engine does a key exchange in it: the name people use, the IANA
  /// registry's, or OpenSSL's, in upper or lower case.
  public init?(name: String) {
    let name = name.lowercased()
    let other: NamedGroup? =
      switch name {
      case "secp256r1", "prime256v1": .secp256r1
      case "secp384r1": .secp384r1
      case "secp521r1": .secp521r1
      default: nil
      }
    guard let group = other ?? Self.supported.first(where: { $0.description.lowercased() == name })
    else { return nil }
    self = group
  }
}
