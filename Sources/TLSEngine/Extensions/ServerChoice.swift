/// A ServerHello that was decoded: what a client knows when it judges an answer.
struct ServerChoice: Sendable {
  let setup: ClientSetup

  /// The suite that the server chose, which is one that was offered.
  let cipherSuite: CipherSuite
  let suite: CipherSuiteParameters

  /// Every answer, for extensions that do not go together.
  let answers: ExtensionAnswers
}
