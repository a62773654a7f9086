// swift-tools-version: 6.3
import PackageDescription

/// What every target of ours is built with.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// What the tests are built with. Of a release build they want an optimised engine, and not to be
/// optimised themselves: the optimiser takes minutes for their long tables, and tells nobody anything.
let testSettings =
  settings + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let package = Package(
  name: "swift-tls-engine",
  products: [
    .library(name: "TLSEngine", targets: ["TLSEngine"]),
    .library(name: "TLSCertificates", targets: ["TLSCertificates"]),
    .library(name: "TLSCrypto", targets: ["TLSCrypto"]),
    .executable(name: "tls", targets: ["tls"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
    .target(name: "TLSCrypto", dependencies: ["CGcrypt"], swiftSettings: settings),
    .target(
      name: "TLSCertificates",
      dependencies: ["TLSCrypto", .product(name: "SwiftASN1", package: "swift-asn1")],
      swiftSettings: settings),
    .target(
      name: "TLSEngine", dependencies: ["TLSCertificates", "TLSCrypto"], swiftSettings: settings),
    .executableTarget(
      name: "tls",
      dependencies: [
        "TLSEngine", "TLSCertificates", "TLSCrypto",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The command stands on the public interface, as everybody else does.
      packageAccess: false, swiftSettings: settings),
    // What BoringSSL's test runner starts for each of its tests: `make bogo`.
    .executableTarget(
      name: "BoGoShim", dependencies: ["TLSEngine", "TLSCertificates", "TLSCrypto"],
      path: "Tests/BoGoShim", exclude: ["config.json", "run"], packageAccess: false,
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["TLSCrypto"], path: "Tests/TestSupport",
      swiftSettings: settings),
    // Counts what a thread allocates: a malloc of its own, which only C can define.
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "TLSCryptoTests", dependencies: ["TLSCrypto", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "TLSCertificatesTests",
      dependencies: ["TLSCertificates", "TLSCrypto", "TestSupport"], swiftSettings: testSettings),
    .testTarget(
      name: "TLSEngineTests",
      dependencies: [
        "TLSEngine", "TLSCertificates", "TLSCrypto", "TestSupport", "AllocationCounter",
      ],
      swiftSettings: testSettings),
    .testTarget(
      name: "VectorTests",
      dependencies: ["TLSEngine", "TLSCertificates", "TLSCrypto", "TestSupport", "tls"],
      swiftSettings: testSettings),
    .testTarget(
      name: "InteropTests",
      dependencies: [
        "TLSEngine", "TLSCertificates", "TLSCrypto", "TestSupport", "tls", "BoGoShim",
      ],
      packageAccess: false, swiftSettings: testSettings),
  ],
  swiftLanguageModes: [.v6]
)
