import Benchmark
import COpenSSL
import Glibc
import TLSCertificates
import TLSCrypto

/// Roots loaded beside OpenSSL, chains validated beside libgcrypt's checks of their signatures.
let benchmarks: @Sendable () -> Void = {
  addRoots()
  for kind in ChainFixture.Kind.allCases { addValidation(kind) }
  addParsing()
  addHostNames()
}

/// How long one takes, in the units that suit it.
private func timed(
  _ units: BenchmarkTimeUnits, scale: BenchmarkScalingFactor = .one,
  and more: [BenchmarkMetric] = []
) -> Benchmark.Configuration {
  .init(
    metrics: [.wallClock] + more, timeUnits: units, warmupIterations: 5, scalingFactor: scale,
    maxDuration: .seconds(1), maxIterations: 1_000)
}

// MARK: Roots

/// Roots are loaded from where the system keeps them, whatever this process was told.
private func forgetPaths() {
  _ = unsafe unsetenv("SSL_CERT_FILE")
  _ = unsafe unsetenv("SSL_CERT_DIR")
}

/// How many certificates there were: to see that both have done the same.
private let certificateCount = BenchmarkMetric.custom("certificates", polarity: .prefersLarger)

private func addRoots() {
  Benchmark(
    "trust roots: TrustRoots.loadPlatform",
    configuration: timed(.microseconds, and: [certificateCount])
  ) { benchmark in
    benchmark.measurement(certificateCount, try TrustRoots.loadPlatform().count)
  } setup: {
    forgetPaths()
  }
  Benchmark(
    "trust roots: OpenSSL's X509_STORE_set_default_paths",
    configuration: timed(.microseconds, and: [certificateCount])
  ) { benchmark in
    benchmark.measurement(certificateCount, Int(copenssl_load_default_paths()))
  } setup: {
    forgetPaths()
  }
  Benchmark(
    "trust roots: TrustRoots.loadPlatform, and all of them read",
    configuration: timed(.microseconds, and: [certificateCount])
  ) { benchmark in
    benchmark.measurement(certificateCount, try TrustRoots.loadPlatform().certificates.count)
  } setup: {
    forgetPaths()
  }
  addShareOfOpenSSL()
}

/// Both in turns, so that whatever else the machine does meets both: the median is what counts.
private func addShareOfOpenSSL() {
  let share = BenchmarkMetric.custom("loading, % of OpenSSL's time", polarity: .prefersSmaller)
  Benchmark(
    "trust roots: time beside OpenSSL's",
    configuration: .init(
      metrics: [share], warmupIterations: 5, maxDuration: .seconds(1), maxIterations: 1_000)
  ) { benchmark in
    let clock = ContinuousClock()
    let ours = try clock.measure { try blackHole(TrustRoots.loadPlatform()) }
    let theirs = clock.measure { blackHole(copenssl_load_default_paths()) }
    benchmark.measurement(share, Int((ours / theirs * 100).rounded()))
  } setup: {
    forgetPaths()
  }
}

// MARK: Chains

private func addValidation(_ kind: ChainFixture.Kind) {
  Benchmark(
    "chain validation: 3 certificates, 2 of them read, \(kind)", configuration: timed(.microseconds)
  ) { benchmark, fixture in
    try blackHole(fixture.validate())
  } setup: {
    try ChainFixture(kind)
  }
  Benchmark(
    "chain validation: libgcrypt's checks alone, \(kind)", configuration: timed(.microseconds)
  ) { benchmark, fixture in
    try fixture.checkSignatures()
  } setup: {
    try ChainFixture(kind)
  }
  let share = BenchmarkMetric.custom("validation, % of libgcrypt", polarity: .prefersSmaller)
  let count = kind.repetitions
  Benchmark(
    "chain validation: time beside libgcrypt's, \(kind)",
    configuration: .init(
      metrics: [share], warmupIterations: 5, maxDuration: .seconds(1), maxIterations: 1_000)
  ) { benchmark, fixture in
    let clock = ContinuousClock()
    let whole = try clock.measure {
      for _ in 0..<count { try blackHole(fixture.validate()) }
    }
    let alone = try clock.measure {
      for _ in 0..<count { try fixture.checkSignatures() }
    }
    benchmark.measurement(share, Int((whole / alone * 100).rounded()))
  } setup: {
    try ChainFixture(kind)
  }
}

// MARK: The rest

private func addParsing() {
  for kind in ChainFixture.Kind.allCases {
    Benchmark(
      "certificate: read a leaf, \(kind)", configuration: timed(.nanoseconds, scale: .kilo)
    ) { benchmark, der in
      for _ in benchmark.scaledIterations { try blackHole(Certificate(der: der)) }
    } setup: {
      try ChainFixture(kind).leaf.der
    }
  }
}

private func addHostNames() {
  for (name, text) in [
    ("a name", "www.example.com"), ("a wildcard", "a.example.net"),
    ("an address", "2001:db8::1"), ("none of 5", "www.example.org"),
  ] {
    Benchmark(
      "host name: \(name)", configuration: timed(.nanoseconds, scale: .kilo)
    ) { benchmark, pair in
      for _ in benchmark.scaledIterations { blackHole(pair.leaf.matches(pair.name)) }
    } setup: {
      (leaf: try ChainFixture(.p256).leaf, name: try ServerName(text))
    }
  }
}
