/// A noncopyable value on the heap.
///
/// An enum is as large as its largest case, and Swift 6.3 has no indirect noncopyable enums: what
/// is large and short-lived (a handshake's state) lives behind a `Box`, so that what owns it stays
/// small once it is gone, and nothing moves that need not.
///
/// Inlinable, since what is generic and in another module would else be moved by its witnesses at run
/// time.
@safe
package struct Box<Value: ~Copyable>: ~Copyable {
  @usableFromInline
  let storage: UnsafeMutablePointer<Value>

  /// Moves `value` to the heap.
  @inlinable
  package init(_ value: consuming Value) {
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: value)
  }

  @inlinable
  deinit {
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }

  /// The value, in place.
  @inlinable
  package var value: Value {
    _read { yield unsafe storage.pointee }
    _modify { yield unsafe &storage.pointee }
  }

  /// Moves the value out and frees its box.
  @inlinable
  package consuming func take() -> Value {
    let value = unsafe storage.move()
    unsafe storage.deallocate()
    discard self
    return value
  }
}

extension Box: @unchecked Sendable where Value: Sendable & ~Copyable {}
