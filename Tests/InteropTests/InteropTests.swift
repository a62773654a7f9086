import Testing

/// Our engine with the stacks that people really run, over real sockets on loopback. One at a time:
/// they share a machine's ports and its two cores.
@Suite("Interop", .serialized)
enum Interop {}
