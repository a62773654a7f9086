/// Values by key, in the order of their last use: whatever is done takes as long whether there are ten
/// of them or a million.
///
/// A dictionary finds a value's slot, and the slots are a list linked both ways. A slot that falls
/// free is used again before there is a new one. Slots are moved when there have to be more, and as many
/// again may lie empty: large values are better behind a reference.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Slot: Sendable {
    let key: Key
    var value: Value
    /// The slots next to it, or ``none``.
    var newer = RecentlyUsed.none
    var older = RecentlyUsed.none
  }

  /// No slot.
  private static var none: Int { -1 }

  private var slots: [Slot?] = []
  private var indices: [Key: Int] = [:]
  private var free: [Int] = []
  private var newest = none
  private var oldest = none

  /// How many values there are.
  var count: Int { indices.count }

  /// How many slots there are, used or free.
  var slotCount: Int { slots.count }

  /// The value that was not used for the longest time, with its key.
  var leastRecent: (key: Key, value: Value)? {
    guard oldest != Self.none, let slot = slots[oldest] else { return nil }
    return (slot.key, slot.value)
  }

  /// The value that was used last.
  var mostRecent: Value? { newest == Self.none ? nil : slots[newest]?.value }

  /// Finds a value, which is then the most recently used.
  mutating func use(_ key: Key) -> Value? {
    guard let index = indices[key] else { return nil }
    unlink(index)
    linkAsNewest(index)
    return slots[index]?.value
  }

  /// Takes a value, in place of one that has the same key; it is then the most recently used.
  mutating func insert(_ value: Value, for key: Key) {
    remove(key)
    let slot = Slot(key: key, value: value)
    let index: Int
    if let reused = free.popLast() {
      index = reused
      slots[index] = slot
    } else {
      index = slots.count
      slots.append(slot)
    }
    indices[key] = index
    linkAsNewest(index)
  }

  /// Lets a value go.
  mutating func remove(_ key: Key) {
    guard let index = indices.removeValue(forKey: key) else { return }
    unlink(index)
    slots[index] = nil
    free.append(index)
  }

  private mutating func unlink(_ index: Int) {
    guard let slot = slots[index] else { return }
    if slot.newer == Self.none {
      newest = slot.older
    } else {
      slots[slot.newer]?.older = slot.older
    }
    if slot.older == Self.none {
      oldest = slot.newer
    } else {
      slots[slot.older]?.newer = slot.newer
    }
  }

  private mutating func linkAsNewest(_ index: Int) {
    slots[index]?.newer = Self.none
    slots[index]?.older = newest
    if newest == Self.none { oldest = index } else { slots[newest]?.newer = index }
    newest = index
  }
}
