import Peers

/// What the machine says of this program. The only `unsafe` of it is here.
enum Machine {
  /// What this thread has used of a processor, in nanoseconds.
  static var time: UInt64 { machine_cpu_nanoseconds() }

  /// The time that passes, in nanoseconds.
  static var clock: UInt64 { machine_clock_nanoseconds() }

  /// The bytes that are allocated now.
  static var heap: Int { machine_heap() }

  /// How many times this thread has asked for memory.
  static var allocations: UInt64 { machine_allocations() }

  /// The processors, by name and number.
  static var processors: String {
    var name = [CChar](repeating: 0, count: 256)
    unsafe machine_processor(&name, name.count)
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "\(text), \(machine_processor_count()) processors"
  }

  /// Lets roots be looked for where the system keeps them, whatever this process was told.
  static func forgetRoots() { machine_forget_roots() }

  /// Says on standard error what the table would not.
  static func warn(_ text: String) { unsafe machine_warn(text) }

  static func write(_ text: String, to path: String) throws {
    let bytes = [UInt8](text.utf8)
    guard unsafe machine_write_file(path, bytes, bytes.count) else {
      throw Failure(description: "cannot write \(path)")
    }
  }
}
