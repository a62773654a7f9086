/// Values by key, in the order of their last use: whatever is done takes as long whether there are ten
/// of them or a million.
///
/// A dictionary finds a value's slot, and the slots are a list linked both ways. A slot that falls
/// free is used again before there is a new one.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Slot: Sendable {
    let key: Key
    var value: Value
    var newer: Int?
    var older: Int?
  }

  private var slots: [Slot?] = []
  private var indices: [Key: Int] = [:]
  private var free: [Int] = []
  private var newest: Int?
  private var oldest: Int?

  /// How many values there are.
  var count: Int { indices.count }

  /// How many slots there are, used or free.
  var slotCount: Int { slots.count }

  /// The value that was not used for the longest time, with its key.
  var leastRecent: (key: Key, value: Value)? {
    guard let oldest, let slot = slots[oldest] else { return nil }
    return (slot.key, slot.value)
  }

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
    if let newer = slot.newer { slots[newer]?.older = slot.older } else { newest = slot.older }
    if let older = slot.older { slots[older]?.newer = slot.newer } else { oldest = slot.newer }
  }

  private mutating func linkAsNewest(_ index: Int) {
    slots[index]?.newer = nil
    slots[index]?.older = newest
    if let newest { slots[newest]?.newer = index } else { oldest = index }
    newest = index
  }
}
