// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

// A package of its own: nobody who embeds the engine resolves what only its benchmarks need.
let package = Package(
  name: "Benchmarks",
  traits: [
    .trait(name: "NIOSSL", description: "Measures swift-nio-ssl too, which takes minutes to build.")
  ],
  dependencies: [
    .package(name: "swift-tls-engine", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark.git", from: "1.38.0", traits: []),
    // Resolved only with the trait. The version is what a run says it was measured with.
    .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.81.0"),
  ],
  targets: [
    // libgcrypt itself, to be measured beside the engine.
    .systemLibrary(
      name: "RawGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
    // OpenSSL, which loads roots beside it.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // The C libraries as peers, and libgcrypt called as a record needs it.
    .target(
      name: "Peers",
      linkerSettings: [
        .linkedLibrary("ssl"), .linkedLibrary("crypto"), .linkedLibrary("gnutls"),
        .linkedLibrary("gcrypt"),
      ]),
    // All of them in one process and in turns, which the other two cannot do. The library's plugin
    // takes what lies in a directory called Benchmarks for its own, so this does not.
    .executableTarget(
      name: "Compare",
      dependencies: [
        "Peers",
        .product(name: "TLSEngine", package: "swift-tls-engine"),
        .product(name: "TLSCertificates", package: "swift-tls-engine"),
        .product(name: "TLSCrypto", package: "swift-tls-engine"),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["NIOSSL"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["NIOSSL"])),
        .product(name: "NIOEmbedded", package: "swift-nio", condition: .when(traits: ["NIOSSL"])),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "Records",
      dependencies: [
        "RawGcrypt",
        .product(name: "TLSEngine", package: "swift-tls-engine"),
        .product(name: "TLSCertificates", package: "swift-tls-engine"),
        .product(name: "TLSCrypto", package: "swift-tls-engine"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Records",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "Certificates",
      dependencies: [
        "RawGcrypt", "COpenSSL",
        .product(name: "TLSCertificates", package: "swift-tls-engine"),
        .product(name: "TLSCrypto", package: "swift-tls-engine"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Certificates",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
