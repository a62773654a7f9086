/// How a peer's program is started for a feature.
///
/// In the arguments and in the file, `{port}` stands for the port, `{file}` for the file's path and
/// `{folder}` for that of the folder with the certificates, in which the program runs.
struct Launch: Hashable, Sendable {
  /// How bytes are exchanged with it.
  enum Talk: Sendable {
    /// It prints what it receives, and sends what is typed.
    case typed

    /// It sends back every line.
    case echo

    /// It sends ``Authority/page`` from a file, and prints what it receives.
    case sendsPage

    /// It answers a request of HTTP with the request itself, and closes.
    case requestEcho

    /// It answers a request of HTTP with ``Authority/page``, and closes.
    case page
  }

  /// The program's name.
  var program: String

  /// The Debian package that has it.
  var package: String

  /// Its arguments.
  var arguments: [String]

  /// How bytes are exchanged with it.
  var talk = Talk.typed

  /// What stands in a configuration file of its own.
  var file: String?

  /// Whether it staples a response that is signed with SHA-1, which is refused unless nobody looks.
  var staplesWithSHA1 = false

  /// What it prints once it listens to what is typed.
  var listensAfter: String?

  /// The arguments of a second run, in which a client resumes; where there are none, the first run
  /// comes back by itself.
  var argumentsToResume: [String]?

  /// What it prints when the feature is there on its side too.
  var evidence: String?

  /// The key of the certificate that a server presents when the feature is there.
  var presents: Authority.Kind?

  /// The name that a client asks for, and that ours asks a server for.
  var serverName = "example.com"

  /// The protocol that it settles on for ALPN, of those that the feature offers.
  var applicationProtocol = "http/1.1"

  /// Whether a client ends by itself when the connection and its input have ended, with the status 0
  /// if it was content.
  var endsByItself = true

  /// The same with what it prints seen line by line, where it would stay in a buffer until the end.
  func printingByLine() -> Launch {
    let start = ["-oL", program]
    var launch = self
    launch.program = "stdbuf"
    launch.package += " coreutils"
    launch.arguments = start + arguments
    launch.argumentsToResume = argumentsToResume.map { start + $0 }
    return launch
  }
}
