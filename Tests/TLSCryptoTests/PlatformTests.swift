import Foundation
import TLSCrypto
import TestSupport
import Testing

@Suite("The operating system")
struct PlatformTests {
  /// A folder that goes when `body` ends.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("TLSCryptoTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  @Test("reads files of any size up to the limit, and no further")
  func reading() throws {
    try withFolder { folder in
      let path = "\(folder)/file"
      for count in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        try write(.pattern(count), path)
        #expect(try Platform.readFile(path, limit: count) == .pattern(count))
        #expect(try Platform.readFile(path, limit: .max) == .pattern(count))
        guard count > 0 else { continue }
        let error = #expect(throws: PlatformError.self) {
          try Platform.readFile(path, limit: count - 1)
        }
        #expect(error?.description == "\(path) is larger than \(count - 1) bytes")
      }
    }
  }

  @Test("says why something cannot be read")
  func notReadable() throws {
    try withFolder { folder in
      let missing = #expect(throws: PlatformError.self) {
        try Platform.readFile("\(folder)/nothing", limit: 10)
      }
      #expect(
        missing?.description
          == "\(folder)/nothing cannot be opened: No such file or directory")
      let directory = #expect(throws: PlatformError.self) {
        try Platform.readFile(folder, limit: 10)
      }
      #expect(directory?.description == "\(folder) cannot be read: Is a directory")
      let list = #expect(throws: PlatformError.self) {
        try Platform.listDirectory("\(folder)/nothing")
      }
      #expect(list?.path == "\(folder)/nothing")
    }
  }

  @Test("does not wait for a pipe that nobody writes to")
  func pipe() throws {
    try withFolder { folder in
      let path = "\(folder)/pipe"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/mkfifo")
      process.arguments = [path]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      #expect(try Platform.readFile(path, limit: 10).isEmpty)
    }
  }

  @Test("lists a directory in order, with long names and without the dots")
  func listing() throws {
    try withFolder { folder in
      #expect(try Platform.listDirectory(folder).isEmpty)
      let names = ["b", "a", ".hidden", String(repeating: "n", count: 255), "\u{e9}", "..."]
      for name in names { try write([], "\(folder)/\(name)") }
      #expect(try Platform.listDirectory(folder) == names.sorted())
    }
  }

  @Test("reads variables of the environment")
  func environment() {
    #expect(Platform.environment("PATH") == ProcessInfo.processInfo.environment["PATH"])
    #expect(Platform.environment("PATH") != nil)
    #expect(Platform.environment("TLS_CRYPTO_TESTS_NEVER_SET") == nil)
  }

  @Test("knows IP addresses from other texts")
  func addresses() throws {
    #expect(Platform.parseIPAddress("192.0.2.1") == [192, 0, 2, 1])
    #expect(Platform.parseIPAddress("255.255.255.255") == [255, 255, 255, 255])
    let zeros = [UInt8](repeating: 0, count: 16)
    #expect(Platform.parseIPAddress("::") == zeros)
    #expect(Platform.parseIPAddress("::1") == zeros.dropLast() + [1])
    #expect(
      try Platform.parseIPAddress("2001:db8::a:FF") == hex("20010db8000000000000 0000000a00ff"))
    #expect(
      try Platform.parseIPAddress("::ffff:192.0.2.1") == hex("00000000000000000000 ffffc0000201"))
    for text in [
      "", "192.0.2", "192.0.2.256", "192.0.2.1.", "192.0.2.01x", "0x7f.1", "127.1", " 192.0.2.1",
      "192.0.2.1 ", "192.0.2.1\0", "example.com", ":", ":::", "1::2::3", "[::1]", "::1%lo",
      "::1/128", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    ] {
      #expect(Platform.parseIPAddress(text) == nil, "\(text)")
    }
  }
}
