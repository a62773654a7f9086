import TLSCrypto

/// What threads that help a connection work with: each has handles of the connection's keys for itself,
/// since a handle is one thread's at a time. They are wiped with the connection's own.
struct WorkerKeys: ~Copyable, Sendable {
  var sealers = Boxes<RecordSealer>(capacity: 0)
  var openers = Boxes<RecordOpener>(capacity: 0)
}
