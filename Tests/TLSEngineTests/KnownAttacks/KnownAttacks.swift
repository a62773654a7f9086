import Testing

/// The attacks that TLS 1.2 has suffered, each played out against the engine: a file for each, which
/// says what the attack was. `swift test --filter KnownAttacks` runs them all.
@Suite("Known attacks")
enum KnownAttacks {}
