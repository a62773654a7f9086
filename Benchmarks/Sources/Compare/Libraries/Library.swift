import TLSEngine

/// Who is measured.
enum Contender: String, CaseIterable {
  case raw = "libgcrypt alone"
  case inPlace = "engine, in place"
  case buffered = "engine, buffered"
  case engine
  case twoThreads = "engine, two threads"
  case rawTwoThreads = "libgcrypt alone, twice"
  case openSSL = "OpenSSL"
  case leanOpenSSL = "OpenSSL, lean"
  case gnuTLS = "GnuTLS"
  case nioSSL = "swift-nio-ssl"

  /// Whether it is the one that the others are compared with.
  var isReference: Bool { self == .inPlace || self == .engine }
}

/// A library's settings for a client and for a server, from which pairs are made.
protocol Setup {
  /// Whether its clients can go on with a session of before.
  var canResume: Bool { get }

  /// A pair that has not said anything yet.
  ///
  /// - Parameter resuming: whether the client offers what ``Pair/remember()`` kept.
  func pair(resuming: Bool) throws -> any Pair
}

extension Setup {
  var canResume: Bool { true }
}

/// A client and a server in this process, and memory between them.
protocol Pair: AnyObject {
  /// Does the whole handshake.
  func connect() throws

  /// Whether an earlier session went on.
  var isResumed: Bool { get }

  /// Keeps the client's session for the pairs of its setup to come.
  func remember() throws

  /// Gives up what is the transport's, so that what is left is the library's.
  func rest()

  /// Frees the client, and leaves the server.
  func dropClient()

  /// A stream of records from client to server, each write so many bytes. The handshake is done.
  func records(byteCount: Int, times: Int) throws -> any Records
}

/// Records that one end seals and the other opens.
protocol Records: AnyObject {
  /// Writes so many times.
  func seal(_ times: Int) throws

  /// Reads all that was written.
  func open(_ times: Int) throws
}

/// A library did not do what was asked of it.
struct Failure: Error, CustomStringConvertible {
  let description: String
}
