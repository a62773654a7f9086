/// Roots from several places, each once, with what was wrong in each place.
///
/// A root that is found twice is trusted for what both places trust it for: what one of them takes
/// away, another that says nothing about it does not give back.
struct RootCollection {
  /// The most roots that are taken; no platform has a tenth of it.
  static let maximumCount = 8192

  /// The most problems that are kept of one place.
  private static let maximumProblemCount = 64

  /// A place, and which of the roots are there.
  private struct Place {
    let path: String?
    var indices: Set<Int> = []
    var problems: [String] = []
    var problemCount = 0
  }

  private var roots: [TrustRoots.Root] = []
  private var indices: [TrustRoots.Encoding: Int] = [:]
  private var places: [Place] = []

  /// Begins a new place; what is added belongs to it.
  mutating func begin(_ path: String?) {
    places.append(Place(path: path))
  }

  /// Whether a root was found that is trusted for anything.
  var isEmpty: Bool { roots.allSatisfy { $0.purposes.isEmpty } }

  /// Whether anything was looked for.
  var hasPlaces: Bool { !places.isEmpty }

  /// Adds a root to the place begun last.
  mutating func add(_ root: TrustRoots.Root) {
    let encoding = TrustRoots.Encoding(der: root.der)
    let index: Int
    if let known = indices[encoding] {
      index = known
      roots[known].purposes.formIntersection(root.purposes)
    } else {
      guard roots.count < Self.maximumCount else {
        return report("left out a root: there are more than \(Self.maximumCount)")
      }
      index = roots.count
      indices[encoding] = index
      roots.append(root)
    }
    if root.purposes.isEmpty {
      report("left out \"\(root.subject)\": it is trusted for nothing")
    }
    if !places.isEmpty { places[places.count - 1].indices.insert(index) }
  }

  /// Notes a problem of the place begun last.
  mutating func report(_ problem: String) {
    guard !places.isEmpty else { return }
    places[places.count - 1].problemCount += 1
    if places[places.count - 1].problems.count < Self.maximumProblemCount {
      places[places.count - 1].problems.append(problem)
    }
  }

  /// The roots that are trusted for anything.
  var trusted: [TrustRoots.Root] { roots.filter { !$0.purposes.isEmpty } }

  /// What was found in each place that has a path.
  var sources: [TrustRoots.Source] {
    places.compactMap { place in
      guard let path = place.path else { return nil }
      let more = place.problemCount - place.problems.count
      return TrustRoots.Source(
        path: path, count: place.indices.count { !roots[$0].purposes.isEmpty },
        problems: place.problems + (more > 0 ? ["and \(more) more problems"] : []))
    }
  }
}
