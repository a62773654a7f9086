/// Noncopyable values on the heap, one behind the other.
///
/// Swift 6.3 has no array of noncopyable values.
@safe
package struct Boxes<Value: ~Copyable>: ~Copyable {
  private let storage: UnsafeMutablePointer<Value>
  private let capacity: Int

  /// How many there are.
  package private(set) var count = 0

  /// None, and room for so many.
  package init(capacity: Int) {
    unsafe storage = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    unsafe storage.deinitialize(count: count)
    unsafe storage.deallocate()
  }

  /// Adds one; there must be room.
  package mutating func append(_ value: consuming Value) {
    precondition(count < capacity)
    unsafe (storage + count).initialize(to: value)
    count += 1
  }

  /// Lends out where they lie, `count` of them.
  mutating func withUnsafePointer<Result>(
    _ body: (UnsafeMutablePointer<Value>) -> Result
  ) -> Result {
    unsafe body(storage)
  }
}

extension Boxes: @unchecked Sendable where Value: Sendable & ~Copyable {}
